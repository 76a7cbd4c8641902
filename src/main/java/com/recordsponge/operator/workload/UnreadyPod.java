package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where to look when a pod does not become ready and its status says no cause: only Events and the log do. */
final class UnreadyPod {

    private UnreadyPod() {}

    /** A sentence about the first of some pods that is not ready. */
    static Optional<String> hint(Stream<Pod> pods) {
        return pods.filter(pod -> Rollouts.canRun(pod) && !isReady(pod))
                .findFirst()
                .map(pod -> waits(pod)
                        .map(reason ->
                                "Pod %1$s waits in %2$s, such as for a volume; kubectl describe pod %1$s shows why."
                                        .formatted(pod.getMetadata().getName(), reason))
                        .orElseGet(() -> "Pod %1$s runs but does not answer at /api/hello; see kubectl logs %1$s."
                                .formatted(pod.getMetadata().getName())));
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Optional<String> waits(Pod pod) {
        return pod.getStatus() == null
                ? Optional.of("Pending")
                : pod.getStatus().getContainerStatuses().stream()
                        .map(ContainerStatus::getState)
                        .filter(Objects::nonNull)
                        .map(state -> state.getWaiting())
                        .filter(Objects::nonNull)
                        .map(ContainerStateWaiting::getReason)
                        .filter(Objects::nonNull)
                        .findFirst();
    }
}
