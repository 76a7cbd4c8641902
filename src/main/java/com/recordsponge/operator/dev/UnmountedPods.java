package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.Rollouts;
import com.recordsponge.operator.plan.Times;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods that have a node but no volumes yet, such as while the folder of a local volume is missing there. The kubelet says
 * why only in Events, which the operator has no right to read.
 */
final class UnmountedPods {

    /** How long a node may take to mount volumes and to set up the network. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private UnmountedPods() {}

    /** A pod of these Deployments that waits for too long; the same one each time. */
    static Optional<String> first(OwnedObjects owned, List<String> deployments, Instant now) {
        return deployments.stream()
                .flatMap(deployment -> pods(owned, deployment).sorted(DeploymentPods.NEWEST_FIRST))
                .filter(pod -> waitsSince(pod)
                        .filter(since -> !now.isBefore(since.plus(PATIENCE)))
                        .isPresent())
                .map(pod -> pod.getMetadata().getName())
                .findFirst();
    }

    /** After which time the next pod will have waited for too long. */
    static Optional<Duration> remaining(OwnedObjects owned, List<String> deployments, Instant now) {
        return deployments.stream()
                .flatMap(deployment -> pods(owned, deployment))
                .flatMap(pod -> waitsSince(pod).stream())
                .map(since -> Duration.between(now, since.plus(PATIENCE)))
                .filter(Duration::isPositive)
                .min(Comparator.naturalOrder());
    }

    private static Stream<Pod> pods(OwnedObjects owned, String deployment) {
        return DeploymentPods.of(owned, deployment).filter(pod -> Rollouts.canRun(pod) && pod.getStatus() != null);
    }

    private static Optional<Instant> waitsSince(Pod pod) {
        return isTrue(pod, "PodScheduled")
                ? condition(pod, "PodReadyToStartContainers")
                        .filter(condition -> "False".equals(condition.getStatus()))
                        .flatMap(condition -> Times.parse(condition.getLastTransitionTime()))
                : Optional.empty();
    }

    private static boolean isTrue(Pod pod, String type) {
        return condition(pod, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
