package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.Reference.Kind;
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
    private final Observation observation;
    private final List<Problem> problems = new ArrayList<>();

    private Planner(RecordSpongeEnvironment environment, Observation observation) {
        this.environment = environment;
        this.observation = observation;
    }

    /** Never fails on what an environment says or lacks: that becomes a {@link Problem}. */
    public static EnvironmentPlan plan(RecordSpongeEnvironment environment, Observation observation) {
        return new Planner(environment, observation).plan();
    }

    private EnvironmentPlan plan() {
        var database = database().orElse(null);
        workload();
        problems.addAll(RouteRules.problems(environment, observation));
        problems.addAll(HostRules.problems(environment, observation));
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

    private Optional<DatabasePlan> database() {
        var database = environment.getSpec().database();
        if (database == null) {
            return Optional.empty();
        }
        var credentials = secret(database.credentialsSecretRef().name());
        var username = value(Step.DATABASE, credentials, "username", v -> SecretText.flawOfLogin(v, LONGEST_ROLE));
        var password = value(Step.DATABASE, credentials, "password", v -> SecretText.flawOfLogin(v, LONGEST_PASSWORD));
        var verified = database.caSecretRef() != null;
        var ca = verified
                ? value(
                        Step.DATABASE,
                        secret(database.caSecretRef().name()),
                        database.caSecretRef().key(),
                        _ -> Optional.empty())
                : Optional.<String>empty();
        if (username.isEmpty() || password.isEmpty() || (verified && ca.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new DatabasePlan(
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
                missing(Step.WORKLOAD, reference);
            }
        }
        var key = environment.getSpec().secretKeyRef();
        if (key != null && observation.of(secret(key.name())).isPresent()) {
            value(Step.WORKLOAD, secret(key.name()), key.key(), SecretText::flaw);
        }
    }

    private Optional<String> value(
            Step step, Reference reference, String key, Function<byte[], Optional<String>> judge) {
        var data = observation.of(reference);
        if (data.isEmpty()) {
            missing(step, reference);
            return Optional.empty();
        }
        var value = Optional.ofNullable(data.get().get(key)).filter(v -> v.length > 0);
        if (value.isEmpty()) {
            problems.add(new Problem(step, "SecretKeyMissing", "%s has no key %s; add it.".formatted(reference, key)));
        }
        var flaw = value.flatMap(judge);
        flaw.ifPresent(text -> problems.add(
                new Problem(step, "SecretInvalid", "Key %s of %s %s; correct it.".formatted(key, reference, text))));
        return flaw.isPresent() ? Optional.empty() : value.map(v -> new String(v, UTF_8));
    }

    private void missing(Step step, Reference reference) {
        problems.add(new Problem(
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
