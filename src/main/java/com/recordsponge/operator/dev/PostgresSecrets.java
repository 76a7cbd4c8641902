package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.SecretData;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Builds the Secret with the generated credentials of the environment's own PostgreSQL server. */
final class PostgresSecrets {

    private static final int BYTES = 16;

    /** The role that PostgreSQL's own image creates, so that scripts for that image work. */
    private static final String ROLE = "postgres";

    private PostgresSecrets() {}

    /** A Secret with a new password: the caller ensures that none exists. */
    static List<Secret> secrets(EnvironmentPlan plan, RandomGenerator random) {
        return plan
                .find(DevPlan.class)
                .filter(dev -> dev.postgres().isPresent())
                .map(_ -> secret(plan, random))
                .stream()
                .toList();
    }

    private static Secret secret(EnvironmentPlan plan, RandomGenerator random) {
        var password = new byte[BYTES];
        random.nextBytes(password);
        return new SecretBuilder()
                .withMetadata(PartClaims.retained(plan, PostgresPods.name(plan.name())))
                .withType("Opaque")
                .withData(SecretData.encoded(Map.of(
                        "username",
                        ROLE.getBytes(StandardCharsets.UTF_8),
                        "password",
                        HexFormat.of().formatHex(password).getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    /** The existing Secret, with the owner that the storage policy requires. */
    static Secret kept(EnvironmentPlan plan, Secret existing) {
        return new SecretBuilder()
                .withMetadata(PartClaims.retained(plan, existing.getMetadata().getName()))
                .withType(existing.getType())
                .withData(Objects.requireNonNullElse(existing.getData(), Map.of()))
                .build();
    }

    /** Whether a Secret has credentials, and the owner that the storage policy requires. */
    static boolean matches(Secret actual, Secret desired) {
        return actual.getData() != null
                && desired.getData().keySet().stream()
                        .noneMatch(key -> actual.getData().getOrDefault(key, "").isEmpty())
                && PartClaims.sameOwner(actual, desired);
    }

    /** The Secret with the credentials that exist. */
    static Secret changed(Secret actual, Secret desired) {
        var data = new TreeMap<>(desired.getData());
        if (actual.getData() != null) {
            actual.getData().forEach((key, value) -> {
                if (!value.isEmpty()) {
                    data.put(key, value);
                }
            });
        }
        return desired.edit().withData(data).build();
    }
}
