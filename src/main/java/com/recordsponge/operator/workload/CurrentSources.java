package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the Deployment's present template gives to its pods from Secrets and ConfigMaps: new pods get the same while a
 * source of the spec is not usable.
 *
 * @param envFrom empty if there is no Deployment, or if a copy is gone
 * @param sessionKey likewise
 * @param running whether there are pods that have it
 */
record CurrentSources(Optional<List<EnvSource>> envFrom, Optional<Key> sessionKey, boolean running) {

    /** A copy of a session signing key, and its key in there. */
    record Key(String name, PodData data) {}

    static CurrentSources of(PlanInput input) {
        var deployment = input.owned().named(Deployment.class, input.name()).filter(input::owns);
        var application = deployment.stream()
                .flatMap(found -> found.getSpec().getTemplate().getSpec().getContainers().stream())
                .filter(container -> container.getName().equals(ApplicationContainer.NAME))
                .findFirst();
        return new CurrentSources(
                application.flatMap(container -> envFrom(container, input)),
                application.flatMap(container -> sessionKey(container, input)),
                deployment.filter(found -> found.getSpec().getReplicas() > 0).isPresent());
    }

    private static Optional<List<EnvSource>> envFrom(Container application, PlanInput input) {
        var named = application.getEnvFrom().stream()
                .filter(source -> source.getSecretRef() != null)
                .filter(source -> isCopy(source.getSecretRef().getName(), input))
                .toList();
        var existing = named.stream()
                .flatMap(
                        source -> copy(source.getSecretRef().getName(), input)
                                .map(copy -> new EnvSource(source.getPrefix(), copy))
                                .stream())
                .toList();
        return existing.size() == named.size() ? Optional.of(existing) : Optional.empty();
    }

    private static Optional<Key> sessionKey(Container application, PlanInput input) {
        return application.getEnv().stream()
                .filter(variable -> variable.getName().equals(ApplicationContainer.SESSION_KEY))
                .flatMap(variable -> Stream.ofNullable(variable.getValueFrom()))
                .flatMap(source -> Stream.ofNullable(source.getSecretKeyRef()))
                .filter(key -> isCopy(key.getName(), input))
                .findFirst()
                .flatMap(key -> key(key, input));
    }

    private static Optional<Key> key(SecretKeySelector key, PlanInput input) {
        return copy(key.getName(), input).map(copy -> new Key(key.getKey(), copy));
    }

    private static boolean isCopy(String secret, PlanInput input) {
        return UniqueName.isVersion(secret, input.name(), PodData.SUFFIX);
    }

    private static Optional<PodData> copy(String secret, PlanInput input) {
        return input.owned().named(Secret.class, secret).filter(input::owns).flatMap(PodData::ofCopy);
    }
}
