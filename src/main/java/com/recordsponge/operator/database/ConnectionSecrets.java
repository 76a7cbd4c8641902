package com.recordsponge.operator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.SecretData;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the Secret with which pods, and people with psql, connect. Each connection has its own, which never changes. */
final class ConnectionSecrets {

    static final String SUFFIX = "-database";

    /** Annotation: the server's host, which the variables of the Secret replace by a Service if it is an address. */
    private static final String HOST = "recordsponge.com/connection-host";

    private ConnectionSecrets() {}

    static String name(String environment, DatabaseConnection connection) {
        return UniqueName.of(connection.namespace(), environment, SUFFIX, connection.digest());
    }

    static List<Secret> secrets(EnvironmentPlan plan) {
        return plan.find(DatabasePlan.class)
                .map(database -> database.connections()
                        .map(connection -> secret(plan, database.source(connection), connection))
                        .toList())
                .orElse(List.of());
    }

    private static Secret secret(EnvironmentPlan plan, String source, DatabaseConnection connection) {
        return new SecretBuilder()
                .withMetadata(plan.metadata(name(plan.name(), connection)))
                .editMetadata()
                .addToAnnotations(ConnectionInUse.DIGEST, connection.digest())
                .addToAnnotations(HOST, connection.host())
                .addToAnnotations(PodData.SOURCE, source)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(encoded(connection.variables()))
                .build();
    }

    private static Map<String, String> encoded(Map<String, String> values) {
        var encoded = new TreeMap<String, String>();
        values.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return encoded;
    }

    /** The server's host. */
    static Optional<String> host(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations()).map(annotations -> annotations.get(HOST));
    }

    /** What pods with a connection Secret connect to. */
    static Optional<String> clientHost(Secret secret) {
        return SecretData.text(secret, "PGHOST");
    }
}
