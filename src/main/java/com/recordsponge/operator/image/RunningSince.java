package com.recordsponge.operator.image;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Since when an image runs, which nodes could not pull before. */
final class RunningSince {

    private RunningSince() {}

    /** When the newest of its containers that run was started; empty if none runs. */
    static Optional<Instant> of(String image, ReconciliationState state) {
        return DeploymentPods.of(state.owned(), state.plan().name())
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> starts(image, pod))
                .max(Instant::compareTo);
    }

    private static Stream<Instant> starts(String image, Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> image.equals(container.getImage()))
                .flatMap(container -> pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> container.getName().equals(status.getName())))
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getRunning() != null)
                .map(state -> state.getRunning().getStartedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse);
    }
}
