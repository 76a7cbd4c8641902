package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.api.v1.DatabaseSpec;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.plan.Reference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the plan of an environment from its spec and what was observed. */
public final class Planner {

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
        return new EnvironmentPlan(
                namespace(),
                name(),
                environment.getSpec(),
                observation.capabilities(),
                observation.ingressPods(),
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
        var username = value(Step.DATABASE, credentials, "username");
        var password = value(Step.DATABASE, credentials, "password");
        var verified = database.caSecretRef() != null;
        var ca = verified
                ? value(
                        Step.DATABASE,
                        secret(database.caSecretRef().name()),
                        database.caSecretRef().key())
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
            value(Step.WORKLOAD, secret(key.name()), key.key());
        }
    }

    private Optional<String> value(Step step, Reference reference, String key) {
        var data = observation.of(reference);
        if (data.isEmpty()) {
            missing(step, reference);
            return Optional.empty();
        }
        var value = Optional.ofNullable(data.get().get(key))
                .map(bytes -> new String(bytes, UTF_8))
                .filter(v -> !v.isEmpty());
        if (value.isEmpty()) {
            problems.add(new Problem(step, "SecretKeyMissing", "%s has no key %s; add it.".formatted(reference, key)));
        }
        return value;
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
