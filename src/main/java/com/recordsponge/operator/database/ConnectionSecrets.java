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

    private ConnectionSecrets() {}

    static String name(String environment, DatabaseConnection connection) {
        return UniqueName.of(connection.namespace(), environment, SUFFIX, connection.digest());
    }

    static List<Secret> secrets(EnvironmentPlan plan) {
        return plan
                .find(DatabasePlan.class)
                .flatMap(database -> database.usable().map(connection -> secret(plan, database, connection)))
                .stream()
                .toList();
    }

    private static Secret secret(EnvironmentPlan plan, DatabasePlan database, DatabaseConnection connection) {
        return new SecretBuilder()
                .withMetadata(plan.metadata(name(plan.name(), connection)))
                .editMetadata()
                .addToAnnotations(ConnectionInUse.DIGEST, connection.digest())
                .addToAnnotations(PodData.SOURCE, PodData.describe(database.credentials()))
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

    /** What pods with a connection Secret connect to. */
    static Optional<String> clientHost(Secret secret) {
        return SecretData.text(secret, "PGHOST");
    }
}
