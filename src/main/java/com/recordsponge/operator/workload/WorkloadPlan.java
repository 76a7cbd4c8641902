package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvVar;
import com.recordsponge.operator.api.v1.LocalRef;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.api.v1.Resources;
import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.api.v1.Tier;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.plan.SecretData;
import com.recordsponge.operator.plan.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of the application's pods.
 *
 * @param pullSecretFlaws what is wrong with Secrets of imagePullSecrets, as sentences
 * @param applicationTier value of the application's own {@code TIER}
 * @param sessionKey where the session signing key is
 * @param generatesSessionKey whether the operator generates that key and keeps it
 * @param sessionKeyData what pods read of it
 * @param flaws the sources that were never usable; partial if pods keep those of the present template
 * @param restart changes when somebody wants new pods; null for never
 * @param resources null for none
 * @param ingressPods the only pods that can send requests to the application; empty if the operator creates no
 *     NetworkPolicies
 */
record WorkloadPlan(
        List<LocalRef> imagePullSecrets,
        List<String> pullSecretFlaws,
        String applicationTier,
        SecretKeyRef sessionKey,
        boolean generatesSessionKey,
        PodData sessionKeyData,
        List<EnvVar> env,
        List<EnvSource> envFrom,
        List<Blocker> flaws,
        String restart,
        Resources resources,
        Optional<PodGroup> ingressPods) {

    static final int APPLICATION_PORT = 5000;

    /** Suffix of the name of the Secret with a generated session signing key. */
    static final String SESSION_KEY_SUFFIX = "-session-key";

    static WorkloadPlan of(PlanInput input, Optional<PodGroup> ingressPods) {
        var spec = input.spec();
        var sessionKey = Objects.requireNonNullElseGet(
                spec.sessionKeySecretRef(), () -> new SecretKeyRef(input.name() + SESSION_KEY_SUFFIX, "SECRET_KEY"));
        var sessionKeyData = sessionKeyData(input, sessionKey);
        var generates = spec.sessionKeySecretRef() == null;
        var envFrom = EnvSources.of(input, orEmpty(spec.envFrom()));
        var current = CurrentSources.of(input);
        var keptKey = current.sessionKey()
                .filter(_ -> !generates && sessionKeyData.blocker().isPresent());
        var keptEnvFrom = current.envFrom().filter(_ -> envFrom.stream()
                .anyMatch(source -> source.data().blocker().isPresent()));
        var keyFlaws = flaws(
                Stream.of(sessionKeyData).filter(key -> !writes(generates, key)),
                current.running() && keptKey.isPresent());
        var envFromFlaws = flaws(envFrom.stream().map(EnvSource::data), current.running() && keptEnvFrom.isPresent());
        return new WorkloadPlan(
                orEmpty(spec.imagePullSecrets()),
                PullSecrets.flaws(input, orEmpty(spec.imagePullSecrets())),
                spec.tier() == Tier.DEV ? "development" : "production",
                keptKey.map(key -> new SecretKeyRef(sessionKey.name(), key.name()))
                        .orElse(sessionKey),
                generates,
                keptKey.map(CurrentSources.Key::data).orElse(sessionKeyData),
                orEmpty(spec.env()),
                keptEnvFrom.orElse(envFrom),
                Stream.concat(keyFlaws, envFromFlaws).toList(),
                RequestAnnotation.RESTART.of(input.environment()).orElse(null),
                spec.resources(),
                ingressPods);
    }

    private static PodData sessionKeyData(PlanInput input, SecretKeyRef key) {
        var reference = input.secret(key.name());
        var data = input.spec().sessionKeySecretRef() == null
                ? input.owned().named(Secret.class, key.name()).map(SecretData::decoded)
                : input.data(reference);
        return PodData.key(input, data, Component.WORKLOAD, reference, key.key(), SecretText::flaw);
    }

    private static Stream<Blocker> flaws(Stream<PodData> sources, boolean partial) {
        return sources.flatMap(data -> data.blocker().stream()).map(flaw -> partial ? limited(flaw) : flaw);
    }

    private static Blocker limited(Blocker flaw) {
        var message = flaw.message() + " Until then, pods keep the variables that they have.";
        return Blocker.partial(flaw.component(), flaw.reason(), message);
    }

    /** What pods read from Secrets and ConfigMaps. */
    Stream<PodData> data() {
        return Stream.concat(Stream.of(sessionKeyData), envFrom.stream().map(EnvSource::data));
    }

    /** What is wrong with their sources although pods have copies. */
    List<Blocker> warnings() {
        return data().filter(data -> data != sessionKeyData || !writesSessionKey())
                .flatMap(data -> data.warning().stream())
                .distinct()
                .toList();
    }

    /** Whether the operator creates or restores the generated key, instead of waiting for it. */
    boolean writesSessionKey() {
        return writes(generatesSessionKey, sessionKeyData);
    }

    private static boolean writes(boolean generates, PodData sessionKey) {
        return generates
                && sessionKey
                        .flaw()
                        .filter(flaw -> flaw.reason() != Reason.SECRET_INVALID)
                        .isPresent();
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
