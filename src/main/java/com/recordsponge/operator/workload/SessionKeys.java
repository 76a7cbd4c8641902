package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.SecretData;
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

    /** The key that pods have, if the Secret was deleted; else a new key: the caller ensures that none exists. */
    static Secret secret(EnvironmentPlan plan, RandomGenerator random) {
        var workload = plan.get(WorkloadPlan.class);
        var reference = workload.sessionKey();
        var key = workload.sessionKeyData().content().getOrDefault(reference.key(), generate(random));
        return new SecretBuilder()
                .withMetadata(plan.metadata(reference.name()))
                .withType("Opaque")
                .withData(Map.of(reference.key(), Base64.getEncoder().encodeToString(key)))
                .build();
    }

    private static byte[] generate(RandomGenerator random) {
        var key = new byte[BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key).getBytes(StandardCharsets.UTF_8);
    }

    /** What pods read of the key, also of one that was generated after the plan. */
    static PodData data(EnvironmentPlan plan, OwnedObjects owned) {
        var workload = plan.get(WorkloadPlan.class);
        var planned = workload.sessionKeyData();
        if (planned.copy().isPresent() || !workload.generatesSessionKey()) {
            return planned;
        }
        var reference = workload.sessionKey();
        return owned.named(Secret.class, reference.name())
                .map(SecretData::decoded)
                .filter(data -> data.containsKey(reference.key()))
                .map(data -> PodData.of(
                        plan.namespace(),
                        plan.name(),
                        planned.source(),
                        Map.of(reference.key(), data.get(reference.key()))))
                .orElse(planned);
    }
}
