package com.recordsponge.operator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Secret from which pods, and people with psql, read how to connect. */
final class ConnectionSecrets {

    private ConnectionSecrets() {}

    static Secret secret(EnvironmentPlan plan, DatabaseConnection database) {
        return new SecretBuilder()
                .withMetadata(plan.metadata(plan.databaseObject()))
                .withType("Opaque")
                .withData(encoded(database.variables()))
                .build();
    }

    private static Map<String, String> encoded(Map<String, String> values) {
        var encoded = new TreeMap<String, String>();
        values.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return encoded;
    }
}
