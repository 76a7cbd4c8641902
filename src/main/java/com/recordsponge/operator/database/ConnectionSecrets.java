package com.recordsponge.operator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Secret with which pods, and people with psql, connect. */
final class ConnectionSecrets {

    private ConnectionSecrets() {}

    static List<Secret> secrets(EnvironmentPlan plan) {
        return DatabasePlan.connection(plan)
                .map(connection -> new SecretBuilder()
                        .withMetadata(plan.metadata(plan.name() + DatabasePlan.SUFFIX))
                        .editMetadata()
                        .addToAnnotations(ConnectionInUse.DIGEST, connection.digest())
                        .endMetadata()
                        .withType("Opaque")
                        .withData(encoded(connection.variables()))
                        .build())
                .toList();
    }

    private static Map<String, String> encoded(Map<String, String> values) {
        var encoded = new TreeMap<String, String>();
        values.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return encoded;
    }
}
