package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.EnvFrom;
import com.recordsponge.operator.api.v1.EnvVar;
import com.recordsponge.operator.api.v1.LocalRef;
import com.recordsponge.operator.api.v1.Resources;
import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.api.v1.Tier;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodGroup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of the application's pods.
 *
 * @param pullSecretFlaws what is wrong with Secrets of imagePullSecrets, as sentences
 * @param applicationTier value of the application's own {@code TIER}
 * @param sessionKey where the session signing key is
 * @param generatesSessionKey whether the operator generates that key and keeps it
 * @param resources null for none
 * @param ingressPods the only pods that can send requests to the application; empty if the operator creates no
 *     NetworkPolicies
 */
record WorkloadPlan(
        String image,
        List<LocalRef> imagePullSecrets,
        List<String> pullSecretFlaws,
        String applicationTier,
        SecretKeyRef sessionKey,
        boolean generatesSessionKey,
        List<EnvVar> env,
        List<EnvFrom> envFrom,
        Resources resources,
        Optional<PodGroup> ingressPods) {

    static final int APPLICATION_PORT = 5000;

    /** Suffix of the name of the Secret with a generated session signing key. */
    static final String SESSION_KEY_SUFFIX = "-session-key";

    static WorkloadPlan of(PlanInput input, Optional<PodGroup> ingressPods) {
        var spec = input.spec();
        return new WorkloadPlan(
                spec.image(),
                orEmpty(spec.imagePullSecrets()),
                PullSecrets.flaws(input, orEmpty(spec.imagePullSecrets())),
                spec.tier() == Tier.DEV ? "development" : "production",
                Objects.requireNonNullElseGet(
                        spec.sessionKeySecretRef(),
                        () -> new SecretKeyRef(input.name() + SESSION_KEY_SUFFIX, "SECRET_KEY")),
                spec.sessionKeySecretRef() == null,
                orEmpty(spec.env()),
                orEmpty(spec.envFrom()),
                spec.resources(),
                ingressPods);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
