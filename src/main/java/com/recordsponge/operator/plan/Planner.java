package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.database.DatabaseConnection;
import com.recordsponge.operator.host.HostConflicts;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.route.RouteChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the plan of an environment from its spec and what was observed. */
public final class Planner {

    /** PostgreSQL cuts longer names off (NAMEDATALEN). */
    private static final int LONGEST_ROLE = 63;

    /** DATABASE_URL, where a byte may take three, must fit into one environment variable: 128 KiB on Linux. */
    private static final int LONGEST_PASSWORD = 32 * 1024;

    private final RecordSpongeEnvironment environment;
    private final PlanInput observation;
    private final List<Blocker> problems = new ArrayList<>();

    private Planner(RecordSpongeEnvironment environment, PlanInput observation) {
        this.environment = environment;
        this.observation = observation;
    }

    /** Never fails on what an environment says or lacks: that becomes a {@link Blocker}. */
    public static EnvironmentPlan plan(RecordSpongeEnvironment environment, PlanInput observation) {
        return new Planner(environment, observation).plan();
    }

    private EnvironmentPlan plan() {
        var database = database().orElse(null);
        workload();
        problems.addAll(RouteChecks.problems(environment, observation));
        problems.addAll(HostConflicts.problems(environment, observation));
        return new EnvironmentPlan(
                namespace(),
                name(),
                environment.getSpec(),
                observation.capabilities(),
                observation.ingressPods(),
                observation.taken().keySet(),
                database,
                List.of(),
                Digest.of(References.consumedByPods(environment), observation),
                List.copyOf(problems));
    }

    private Optional<DatabaseConnection> database() {
        var database = environment.getSpec().database();
        if (database == null) {
            return Optional.empty();
        }
        var credentials = secret(database.credentialsSecretRef().name());
        var username = value(Component.DATABASE, credentials, "username", v -> SecretText.flawOfLogin(v, LONGEST_ROLE));
        var password =
                value(Component.DATABASE, credentials, "password", v -> SecretText.flawOfLogin(v, LONGEST_PASSWORD));
        var verified = database.caSecretRef() != null;
        var ca = verified
                ? value(
                        Component.DATABASE,
                        secret(database.caSecretRef().name()),
                        database.caSecretRef().key(),
                        _ -> Optional.empty())
                : Optional.<String>empty();
        if (username.isEmpty() || password.isEmpty() || (verified && ca.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new DatabaseConnection(
                database.host(),
                clientHost(database),
                database.port() == null ? 5432 : database.port(),
                database.name(),
                sslMode(database),
                ca.orElse(null),
                username.get(),
                password.get()));
    }

    /** With verify-full the name that pods connect to must be the one in the server's certificate. */
    private String clientHost(DatabaseSpec database) {
        return IpAddresses.isAddress(database.host()) && sslMode(database) != SslMode.VERIFY_FULL
                ? name() + EnvironmentPlan.DATABASE_SUFFIX + "." + namespace() + ".svc"
                : database.host();
    }

    private static SslMode sslMode(DatabaseSpec database) {
        return database.sslMode() == null ? SslMode.PREFER : database.sslMode();
    }

    private void workload() {
        for (var reference : References.consumedByPods(environment)) {
            if (observation.of(reference).isEmpty()) {
                missing(Component.WORKLOAD, reference);
            }
        }
        var key = environment.getSpec().secretKeyRef();
        if (key != null && observation.of(secret(key.name())).isPresent()) {
            value(Component.WORKLOAD, secret(key.name()), key.key(), SecretText::flaw);
        }
    }

    private Optional<String> value(
            Component step, Reference reference, String key, Function<byte[], Optional<String>> judge) {
        var data = observation.of(reference);
        if (data.isEmpty()) {
            missing(step, reference);
            return Optional.empty();
        }
        var value = Optional.ofNullable(data.get().get(key)).filter(v -> v.length > 0);
        if (value.isEmpty()) {
            problems.add(new Blocker(step, "SecretKeyMissing", "%s has no key %s; add it.".formatted(reference, key)));
        }
        var flaw = value.flatMap(judge);
        flaw.ifPresent(text -> problems.add(
                new Blocker(step, "SecretInvalid", "Key %s of %s %s; correct it.".formatted(key, reference, text))));
        return flaw.isPresent() ? Optional.empty() : value.map(v -> new String(v, UTF_8));
    }

    private void missing(Component step, Reference reference) {
        problems.add(new Blocker(
                step,
                reference.kind() == Kind.SECRET ? "SecretNotFound" : "ConfigMapNotFound",
                "%s does not exist in namespace %s; create it.".formatted(reference, reference.namespace())));
    }

    private Reference secret(String name) {
        return new Reference(Kind.SECRET, namespace(), name);
    }

    private String namespace() {
        return environment.getMetadata().getNamespace();
    }

    private String name() {
        return environment.getMetadata().getName();
    }
}
