package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a Deployment has rolled out its template. */
public final class Rollouts {

    private Rollouts() {}

    /** Whether all requested pods are of the present template and available, and no other pod is left. */
    public static boolean isComplete(Deployment deployment) {
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        var requested = deployment.getSpec().getReplicas();
        return isObserved(deployment)
                && count(status.getUpdatedReplicas()) == requested
                && count(status.getAvailableReplicas()) == requested
                && count(status.getReplicas()) == requested;
    }

    /** Whether the present template has been rolled out: the Deployment controller no longer times it, and its pods can fail later. */
    public static boolean hasCompleted(Deployment deployment) {
        return progressing(deployment, "NewReplicaSetAvailable").findAny().isPresent();
    }

    /** When the present template was rolled out. */
    public static Optional<Instant> completed(Deployment deployment) {
        return progressing(deployment, "NewReplicaSetAvailable")
                .map(DeploymentCondition::getLastUpdateTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst();
    }

    /** Whether the pods of the present template were not available within the progress deadline. */
    public static boolean hasMissedDeadline(Deployment deployment) {
        return progressing(deployment, "ProgressDeadlineExceeded").findAny().isPresent();
    }

    /** The Deployment's condition Progressing, if it is of the present spec and has the given reason. */
    private static Stream<DeploymentCondition> progressing(Deployment deployment, String reason) {
        return progress(deployment).filter(condition -> reason.equals(condition.getReason()));
    }

    /** The same with any reason. */
    static Stream<DeploymentCondition> progress(Deployment deployment) {
        return Stream.of(deployment)
                .filter(Rollouts::isObserved)
                .flatMap(observed -> observed.getStatus().getConditions().stream())
                .filter(condition -> "Progressing".equals(condition.getType()));
    }

    /** Whether the Deployment controller has seen the present spec. */
    public static boolean isObserved(Deployment deployment) {
        return deployment.getStatus() != null
                && Objects.equals(
                        deployment.getStatus().getObservedGeneration(),
                        deployment.getMetadata().getGeneration());
    }

    /** A number in a status, which the API server omits if it is zero. */
    public static int count(Integer replicas) {
        return Objects.requireNonNullElse(replicas, 0);
    }

    /** Whether a pod runs or can still run; a terminating pod serves requests until it is gone. */
    public static boolean canRun(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !"Succeeded".equals(phase) && !"Failed".equals(phase);
    }
}
