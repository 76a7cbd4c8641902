package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.LocalRef;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PlanInput;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The Secrets of imagePullSecrets. Kubernetes ignores one that it cannot use, and pulls public images all the same. */
public final class PullSecrets {

    /** Of the types kubernetes.io/dockerconfigjson and kubernetes.io/dockercfg. */
    private static final Set<String> KEYS = Set.of(".dockerconfigjson", ".dockercfg");

    private PullSecrets() {}

    /** For the pods of an environment. */
    public static List<LocalObjectReference> references(EnvironmentPlan plan) {
        return plan.get(WorkloadPlan.class).imagePullSecrets().stream()
                .map(secret -> new LocalObjectReference(secret.name()))
                .toList();
    }

    static List<String> flaws(PlanInput input, List<LocalRef> secrets) {
        return secrets.stream()
                .flatMap(secret -> flaw(secret.name(), input).stream())
                .toList();
    }

    private static Optional<String> flaw(String secret, PlanInput input) {
        return flaw(input.data(input.secret(secret)))
                .map(flaw ->
                        "Secret %s of spec.imagePullSecrets %s: pods pull without it, which works only for public images. Create it in namespace %s with kubectl create secret docker-registry."
                                .formatted(secret, flaw, input.namespace()));
    }

    private static Optional<String> flaw(Optional<Map<String, byte[]>> data) {
        if (data.isEmpty()) {
            return Optional.of("does not exist");
        }
        return data.get().keySet().stream().anyMatch(KEYS::contains)
                ? Optional.empty()
                : Optional.of("has no key .dockerconfigjson");
    }
}
