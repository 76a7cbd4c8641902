package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import com.recordsponge.operator.plan.Rollouts;
import com.recordsponge.operator.workload.ReportedWords;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a pod of a part does not become ready: the pod, the words of whoever reports it, and the remedy. */
record PartFailure(Reason reason, String message) {

    /** The failure of the newest pod of a Deployment, if it has one. */
    static Optional<PartFailure> of(OwnedObjects owned, String deployment, String imageField) {
        return DeploymentPods.of(owned, deployment)
                .filter(pod -> Rollouts.canRun(pod) && pod.getStatus() != null)
                .min(DeploymentPods.NEWEST_FIRST)
                .flatMap(pod -> unschedulable(pod).or(() -> Stream.concat(
                                pod.getStatus().getInitContainerStatuses().stream(),
                                pod.getStatus().getContainerStatuses().stream())
                        .flatMap(container -> of(pod.getMetadata().getName(), container, imageField).stream())
                        .findFirst()));
    }

    private static Optional<PartFailure> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> new PartFailure(
                        Reason.FAILED_SCHEDULING,
                        "Pod %s: \"%s\". Correct what the message names; a local volume ties its pods to its node."
                                .formatted(pod.getMetadata().getName(), ReportedWords.of(condition.getMessage()))))
                .findFirst();
    }

    private static Optional<PartFailure> of(String pod, ContainerStatus container, String imageField) {
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        var source = Source.ofWaiting(waiting == null ? null : waiting.getReason());
        var words = waiting == null ? "" : ReportedWords.of(waiting.getMessage());
        if (words.contains("subPath")) {
            return Optional.of(new PartFailure(
                    Reason.SOURCE_FOLDER_NOT_FOUND,
                    "Pod %s: \"%s\". The tree needs the folders src/frontend/src and src/frontend/public; add them, or let the claim show the right tree."
                            .formatted(pod, words)));
        }
        if (source.isPresent()) {
            return Optional.of(
                    source.get() == Source.PULL
                            ? pull(pod, container.getImage(), words, imageField)
                            : new PartFailure(
                                    Reason.CREATE_CONTAINER_ERROR,
                                    "Pod %s: \"%s\". Correct what the message names.".formatted(pod, words)));
        }
        return ended(container)
                .map(ended -> "OOMKilled".equals(ended.getReason())
                        ? new PartFailure(
                                Reason.OOM_KILLED, "Pod %s ran out of memory. Free memory on the node.".formatted(pod))
                        : new PartFailure(
                                Reason.CRASH_LOOP_BACK_OFF,
                                "Container %2$s of pod %1$s exits with code %3$d. See kubectl logs %1$s -c %2$s --previous."
                                        .formatted(pod, container.getName(), ended.getExitCode())));
    }

    private static PartFailure pull(String pod, String image, String words, String imageField) {
        var remedy =
                PodFailureCause.of(Source.PULL, words).remedy().replaceAll("spec\\.image\\b", "spec." + imageField);
        return new PartFailure(
                Reason.IMAGE_PULL_BACK_OFF, "Pod %s: cannot pull %s: \"%s\". %s".formatted(pod, image, words, remedy));
    }

    /** How a container that does not run ended, if it failed. */
    private static Optional<ContainerStateTerminated> ended(ContainerStatus container) {
        return Boolean.TRUE.equals(container.getReady())
                ? Optional.empty()
                : Stream.of(Optional.ofNullable(container.getState()), Optional.ofNullable(container.getLastState()))
                        .flatMap(Optional::stream)
                        .map(ContainerState::getTerminated)
                        .filter(ended -> ended != null && ended.getExitCode() != 0)
                        .findFirst();
    }
}
