package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.PlanInput;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;

/**
 * Whether the environment's pods already use a connection. The operator writes a connection Secret only after a login over
 * exactly that connection has succeeded, so the Secret in the cluster says so even after a restart of the operator.
 */
final class ConnectionInUse {

    /** Annotation of the connection Secret: {@link DatabaseConnection#digest()} of the connection that it holds. */
    static final String DIGEST = "recordsponge.com/connection-digest";

    private ConnectionInUse() {}

    /** Without a Deployment there are no pods, and no NetworkPolicy has been created for them yet. */
    static boolean test(DatabaseConnection connection, PlanInput input) {
        return owns(input, Deployment.class, input.name())
                && input.owned()
                        .all(Secret.class)
                        .filter(secret -> isOwned(secret, input))
                        .map(ConnectionInUse::digest)
                        .anyMatch(connection.digest()::equals);
    }

    private static <R extends HasMetadata> boolean owns(PlanInput input, Class<R> type, String name) {
        return input.owned()
                .named(type, name)
                .filter(object -> isOwned(object, input))
                .isPresent();
    }

    private static boolean isOwned(HasMetadata object, PlanInput input) {
        return object.getOwnerReferenceFor(input.environment()).isPresent();
    }

    private static String digest(Secret secret) {
        return Objects.requireNonNullElse(secret.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(DIGEST);
    }
}
