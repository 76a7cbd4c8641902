package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;

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
        return isProgressing(deployment, "NewReplicaSetAvailable");
    }

    /** Whether the pods of the present template were not available within the progress deadline. */
    public static boolean hasMissedDeadline(Deployment deployment) {
        return isProgressing(deployment, "ProgressDeadlineExceeded");
    }

    private static boolean isProgressing(Deployment deployment, String reason) {
        return isObserved(deployment)
                && deployment.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Progressing".equals(condition.getType()) && reason.equals(condition.getReason()));
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
