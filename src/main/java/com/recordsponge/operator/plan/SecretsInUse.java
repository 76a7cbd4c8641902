package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Secrets that an environment's pods use. A container that restarts reads them again, and a pod that its ReplicaSet
 * replaces reads them for the first time.
 *
 * @param template the Secrets that the Deployment's template names
 * @param pods the Secrets that pods of the application name that run or can still run
 * @param parts what the Deployments and pods of other parts name
 * @param settled whether no other pod can appear: the rollout of the template is complete
 */
public record SecretsInUse(Set<String> template, Set<String> pods, Set<String> parts, boolean settled) {

    /** @param environment its name, which is the Deployment's */
    public static SecretsInUse of(String environment, OwnedObjects owned) {
        var deployment = owned.named(Deployment.class, environment);
        return new SecretsInUse(
                deployment.map(SecretsInUse::template).orElse(Set.of()),
                names(owned.all(Pod.class).filter(pod -> !Labels.areOfPart(pod))),
                parts(owned),
                deployment.filter(Rollouts::isComplete).isPresent());
    }

    private static Set<String> parts(OwnedObjects owned) {
        var templates = owned.all(Deployment.class)
                .filter(Labels::areOfPart)
                .flatMap(deployment -> template(deployment).stream());
        return Stream.concat(templates, names(owned.all(Pod.class).filter(Labels::areOfPart)).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Stream<Pod> pods) {
        return pods.filter(Rollouts::canRun)
                .flatMap(pod -> names(pod.getSpec()))
                .collect(Collectors.toSet());
    }

    private static Set<String> template(Deployment deployment) {
        return names(deployment.getSpec().getTemplate().getSpec()).collect(Collectors.toSet());
    }

    /** Whether a Deployment's template or a pod names a Secret. */
    public boolean named(String secret) {
        return template.contains(secret) || pods.contains(secret) || parts.contains(secret);
    }

    /**
     * Whether a Secret must remain. While a rollout is not complete, an old ReplicaSet can replace a pod at any time, also
     * when none of its pods exists at the moment.
     */
    public boolean keeps(String secret) {
        return !settled || named(secret);
    }

    /** Whether pods that read other Secrets than the planned ones neither exist nor can appear. */
    public boolean only(Set<String> planned) {
        return settled && planned.containsAll(template) && planned.containsAll(pods);
    }

    /** The Secrets that the containers and volumes of a pod name. */
    public static Stream<String> names(PodSpec pod) {
        return Stream.concat(
                        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                                .flatMap(SecretsInUse::names),
                        pod.getVolumes().stream().flatMap(SecretsInUse::names))
                .filter(Objects::nonNull);
    }

    private static Stream<String> names(Container container) {
        return Stream.concat(
                container.getEnvFrom().stream()
                        .filter(source -> source.getSecretRef() != null)
                        .map(source -> source.getSecretRef().getName()),
                container.getEnv().stream()
                        .filter(variable -> variable.getValueFrom() != null
                                && variable.getValueFrom().getSecretKeyRef() != null)
                        .map(variable ->
                                variable.getValueFrom().getSecretKeyRef().getName()));
    }

    private static Stream<String> names(Volume volume) {
        var projected = Optional.ofNullable(volume.getProjected()).stream()
                .flatMap(sources -> sources.getSources().stream())
                .filter(source -> source.getSecret() != null)
                .map(source -> source.getSecret().getName());
        return Stream.concat(
                volume.getSecret() == null
                        ? Stream.empty()
                        : Stream.of(volume.getSecret().getSecretName()),
                projected);
    }
}
