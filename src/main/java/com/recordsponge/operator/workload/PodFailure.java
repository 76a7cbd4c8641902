package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Why a new pod does not become ready. The reason does not alternate with the kubelet's tries and waits. */
record PodFailure(Reason reason, String message) {

    private static final Set<String> PULL_REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable");
    private static final Set<Reason> START_REASONS =
            Set.of(Reason.CREATE_CONTAINER_CONFIG_ERROR, Reason.CREATE_CONTAINER_ERROR, Reason.RUN_CONTAINER_ERROR);

    /** The failure of the Deployment's newest pod that has one. */
    static Optional<PodFailure> of(Collection<Pod> pods, Deployment deployment) {
        var newestFirst = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .sorted(Pods.NEWEST_FIRST)
                .toList();
        return newestFirst.stream()
                .filter(pod -> revision(pod).equals(revision(newestFirst.getFirst())))
                .filter(pod -> isNewest(pod, deployment))
                .flatMap(pod -> of(pod).stream())
                .findFirst();
    }

    /** The hash of the pod's template. */
    private static Optional<String> revision(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get("pod-template-hash"));
    }

    private static boolean isNewest(Pod pod, Deployment deployment) {
        var template = deployment.getSpec().getTemplate();
        var annotations = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of());
        return template.getMetadata().getAnnotations().entrySet().stream()
                        .allMatch(entry -> Objects.equals(annotations.get(entry.getKey()), entry.getValue()))
                && template.getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage()
                        .equals(pod.getSpec().getContainers().getFirst().getImage());
    }

    private static Optional<PodFailure> of(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return unschedulable(pod).or(() -> pod.getStatus().getContainerStatuses().stream()
                .flatMap(c -> of(pod, c).stream())
                .findFirst());
    }

    private static Optional<PodFailure> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                .map(PodCondition::getMessage)
                .map(message -> new PodFailure(
                        Reason.FAILED_SCHEDULING,
                        "Pod %s: %s".formatted(pod.getMetadata().getName(), message)))
                .findFirst();
    }

    private static Optional<PodFailure> of(Pod pod, ContainerStatus container) {
        var name = pod.getMetadata().getName();
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        if (waiting != null && PULL_REASONS.contains(waiting.getReason())) {
            return Optional.of(new PodFailure(
                    Reason.IMAGE_PULL_BACK_OFF,
                    "Pod %s: cannot pull %s; check spec.image and spec.imagePullSecrets."
                            .formatted(name, container.getImage())));
        }
        var notStarted = Optional.ofNullable(waiting)
                .flatMap(state -> Reason.of(state.getReason()))
                .filter(START_REASONS::contains);
        if (notStarted.isPresent()) {
            return Optional.of(new PodFailure(notStarted.get(), "Pod %s: %s".formatted(name, waiting.getMessage())));
        }
        return Boolean.TRUE.equals(container.getReady()) ? Optional.empty() : crashed(name, container);
    }

    private static Optional<PodFailure> crashed(String pod, ContainerStatus container) {
        var now = container.getState() == null ? null : container.getState().getTerminated();
        var before = container.getLastState() == null
                ? null
                : container.getLastState().getTerminated();
        var end = now != null ? now : before;
        if (end == null) {
            return Optional.empty();
        }
        if ("OOMKilled".equals(end.getReason())) {
            return Optional.of(new PodFailure(
                    Reason.OOM_KILLED, "Pod %s ran out of memory; raise spec.resources.limits.memory.".formatted(pod)));
        }
        return Optional.of(new PodFailure(
                Reason.CRASH_LOOP_BACK_OFF,
                "Pod %s exits with code %d; see kubectl logs %s --previous.".formatted(pod, end.getExitCode(), pod)));
    }
}
