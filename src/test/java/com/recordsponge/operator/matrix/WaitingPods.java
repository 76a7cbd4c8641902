package com.recordsponge.operator.matrix;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** The status of a pod that cannot start, as a kubelet writes it. */
final class WaitingPods {

    private WaitingPods() {}

    /** The same pod if it says so already. */
    static Pod waiting(Pod pod, String reason, String message) {
        var container = pod.getSpec().getContainers().getFirst();
        return reasons(pod).anyMatch((reason + ": " + message)::equals)
                ? pod
                : pod.edit()
                        .editStatus()
                        .withPhase("Pending")
                        .withContainerStatuses(new ContainerStatusBuilder()
                                .withName(container.getName())
                                .withImage(container.getImage())
                                .withImageID("")
                                .withReady(false)
                                .withRestartCount(0)
                                .withNewState()
                                .withNewWaiting(message, reason)
                                .endState()
                                .build())
                        .endStatus()
                        .build();
    }

    /** Why the containers of pods wait. */
    static List<String> reasons(List<Pod> pods) {
        return pods.stream().flatMap(WaitingPods::reasons).toList();
    }

    private static Stream<String> reasons(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .map(status -> status.getState().getWaiting())
                .map(waiting -> waiting.getReason() + ": " + waiting.getMessage());
    }
}
