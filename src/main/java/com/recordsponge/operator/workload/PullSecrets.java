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

    private static final String TYPE = "kubernetes.io/dockerconfigjson";

    /** What the kubelet reads; it takes nothing from a Secret of another type, whatever its keys are. */
    private static final Set<String> TYPES = Set.of(TYPE, "kubernetes.io/dockercfg");

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
        var data = input.data(input.secret(secret));
        if (data.isEmpty()) {
            return Optional.of(message(secret, "does not exist", "Create it", input));
        }
        // The type of a Secret cannot be changed.
        return flaw(data.get(), input.type(input.secret(secret)))
                .map(flaw -> message(secret, flaw, "Delete it, and create it", input));
    }

    private static Optional<String> flaw(Map<String, byte[]> data, Optional<String> type) {
        return data.keySet().stream().noneMatch(KEYS::contains)
                ? Optional.of("has no key .dockerconfigjson")
                : type.filter(found -> !TYPES.contains(found))
                        .map(found -> "is of type %s instead of %s".formatted(found, TYPE));
    }

    private static String message(String secret, String flaw, String remedy, PlanInput input) {
        return "Secret %s of spec.imagePullSecrets %s: pods pull without it, which works only for public images. %s in namespace %s with kubectl create secret docker-registry."
                .formatted(secret, flaw, remedy, input.namespace());
    }
}
