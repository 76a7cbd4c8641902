package com.recordsponge.operator.workload;

import static com.recordsponge.operator.plan.Finding.Kind.GAVE_UP;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Reads how the rollout stands from the Deployment and its pods. */
public final class WorkloadFinding {

    private WorkloadFinding() {}

    public static Finding of(EnvironmentPlan plan, Optional<Deployment> found, Collection<Pod> pods) {
        var problem = plan.problem(Component.WORKLOAD).filter(p -> !plan.suspended() || p.ofApplying());
        if (problem.isPresent()) {
            return Finding.of(problem.get());
        }
        if (plan.suspended()) {
            return Finding.working(Component.WORKLOAD, "Suspended", "spec.suspend is true: scaled to zero.");
        }
        if (found.isEmpty()) {
            return Finding.working(Component.WORKLOAD, "RollingOut", "The Deployment is not made yet.");
        }
        var deployment = found.get();
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        if (!Objects.equals(
                status.getObservedGeneration(), deployment.getMetadata().getGeneration())) {
            return Finding.working(Component.WORKLOAD, "RollingOut", "The Deployment has just changed.")
                    .timedByDeployment();
        }
        var wanted = deployment.getSpec().getReplicas();
        if (count(status.getUpdatedReplicas()) == wanted
                && count(status.getAvailableReplicas()) == wanted
                && count(status.getReplicas()) == wanted) {
            return Finding.ready(Component.WORKLOAD, "Available", "%d of %d pods available.".formatted(wanted, wanted));
        }
        return unavailable(deployment, status, pods);
    }

    private static Finding unavailable(Deployment deployment, DeploymentStatus status, Collection<Pod> pods) {
        var trouble = PodFailure.of(pods, deployment);
        var progress = "%d of %d new pods available"
                .formatted(
                        Math.min(count(status.getUpdatedReplicas()), count(status.getAvailableReplicas())),
                        deployment.getSpec().getReplicas());
        if (condition(status, "Progressing")
                .filter(c -> "ProgressDeadlineExceeded".equals(c.getReason()))
                .isPresent()) {
            return new Finding(
                    Component.WORKLOAD,
                    "False",
                    trouble.map(PodFailure::reason).orElse("ProgressDeadlineExceeded"),
                    trouble.map(PodFailure::message)
                            .orElse("No progress within spec.progressDeadline: " + progress + "."),
                    GAVE_UP);
        }
        var refused = condition(status, "ReplicaFailure").filter(c -> "True".equals(c.getStatus()));
        var finding = trouble.map(t -> Finding.failing(Component.WORKLOAD, t.reason(), t.message()))
                .or(() -> refused.map(c -> Finding.failing(Component.WORKLOAD, "FailedCreate", c.getMessage())))
                .orElseGet(() -> Finding.working(Component.WORKLOAD, "RollingOut", progress + "."));
        return rolledOut(status) ? finding : finding.timedByDeployment();
    }

    /** The Deployment controller stops timing once a rollout has been complete; pods may still fail after it. */
    private static boolean rolledOut(DeploymentStatus status) {
        return condition(status, "Progressing")
                .filter(c -> "NewReplicaSetAvailable".equals(c.getReason()))
                .isPresent();
    }

    private static Optional<DeploymentCondition> condition(DeploymentStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static int count(Integer replicas) {
        return replicas == null ? 0 : replicas;
    }
}
