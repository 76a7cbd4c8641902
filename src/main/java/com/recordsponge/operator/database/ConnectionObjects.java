package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** What the operator creates for a connection before a pod gets it. */
final class ConnectionObjects {

    private ConnectionObjects() {}

    /** Whether the Secret of a connection exists and, for a server at an address, its Service and EndpointSlice. */
    static boolean exist(DatabaseConnection connection, RecordSpongeEnvironment environment, OwnedObjects owned) {
        var secret = ConnectionSecrets.name(environment.getMetadata().getName(), connection);
        return exists(Secret.class, secret, environment, owned)
                && connection.service().stream()
                        .allMatch(name -> exists(Service.class, name, environment, owned)
                                && exists(EndpointSlice.class, name, environment, owned));
    }

    private static <R extends HasMetadata> boolean exists(
            Class<R> type, String name, RecordSpongeEnvironment environment, OwnedObjects owned) {
        return owned.named(type, name)
                .flatMap(object -> object.getOwnerReferenceFor(environment))
                .isPresent();
    }
}
