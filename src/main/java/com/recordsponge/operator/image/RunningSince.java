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
        return containers(image, state)
                .map(ContainerStatus::getState)
                .filter(found -> found != null && found.getRunning() != null)
                .map(found -> found.getRunning().getStartedAt())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo);
    }

    /** The containers with an image in the pods of the Deployment. */
    static Stream<ContainerStatus> containers(String image, ReconciliationState state) {
        return DeploymentPods.of(state.owned(), state.plan().name())
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> containers(image, pod));
    }

    private static Stream<ContainerStatus> containers(String image, Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> image.equals(container.getImage()))
                .flatMap(container -> pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> container.getName().equals(status.getName())));
    }
}
