package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;

/**
 * Whether pods use a connection. The operator writes a connection Secret only after a login over exactly that connection
 * has succeeded, so the Secret and the pods in the cluster say so even after a restart of the operator.
 */
public final class ConnectionInUse {

    /** Annotation of the connection Secret: {@link DatabaseConnection#digest()} of the connection that it holds. */
    static final String DIGEST = "recordsponge.com/connection-digest";

    private ConnectionInUse() {}

    /** Without a Deployment there are no pods, and no NetworkPolicy has been created for them yet. */
    static boolean test(DatabaseConnection connection, PlanInput input) {
        var used = SecretsInUse.of(input.name(), input.owned());
        return input.owned()
                        .named(Deployment.class, input.name())
                        .filter(input::owns)
                        .isPresent()
                && input.owned()
                        .all(Secret.class)
                        .filter(input::owns)
                        .filter(secret -> used.named(secret.getMetadata().getName()))
                        .map(ConnectionInUse::digest)
                        .anyMatch(connection.digest()::equals);
    }

    /** Whether pods connect, or can still connect, to a Service of this name. */
    public static boolean usesService(String service, String environment, OwnedObjects owned) {
        var used = SecretsInUse.of(environment, owned);
        return owned.all(Secret.class)
                .filter(secret ->
                        UniqueName.isVersion(secret.getMetadata().getName(), environment, ConnectionSecrets.SUFFIX))
                .filter(secret -> used.keeps(secret.getMetadata().getName()))
                .flatMap(secret -> ConnectionSecrets.clientHost(secret).stream())
                .anyMatch(host -> host.startsWith(service + "."));
    }

    private static String digest(Secret secret) {
        return Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(DIGEST);
    }
}
