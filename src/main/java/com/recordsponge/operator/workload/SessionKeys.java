package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Builds the Secret of a generated session signing key. */
final class SessionKeys {

    private static final int BYTES = 32;

    private SessionKeys() {}

    /** A new key; the caller ensures that none exists. */
    static Secret generate(EnvironmentPlan plan, RandomGenerator random) {
        var key = new byte[BYTES];
        random.nextBytes(key);
        var reference = plan.get(WorkloadPlan.class).sessionKey();
        return new SecretBuilder()
                .withMetadata(plan.metadata(reference.name()))
                .withType("Opaque")
                .withData(Map.of(reference.key(), base64(HexFormat.of().formatHex(key))))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
