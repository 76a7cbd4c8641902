package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.plan.Finding.Kind.GAVE_UP;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;

/** Reads the state of the rollout from the Deployment and its pods. */
final class WorkloadFinding {

    private WorkloadFinding() {}

    static Finding of(ReconciliationState state) {
        var plan = state.plan();
        var blocker = plan.blocker(WORKLOAD).filter(found -> !plan.suspended() || matters(found, state));
        if (blocker.filter(found -> !found.partial() || found.duringApply()).isPresent()) {
            return Finding.of(blocker.get());
        }
        var finding = WorkloadWarnings.add(plan.replicas() == 0 ? ScaleToZero.finding(state) : rollout(state), state);
        return blocker.filter(_ -> finding.permitsReady()).map(Finding::of).orElse(finding);
    }

    /** Whether a blocker can be why a suspended environment still has pods. */
    private static boolean matters(Blocker blocker, ReconciliationState state) {
        return state.plan().blocked(WORKLOAD) || blocker.duringApply() && !ScaleToZero.isComplete(state);
    }

    private static Finding rollout(ReconciliationState state) {
        var plan = state.plan();
        var found = state.owned().named(Deployment.class, plan.name());
        if (found.isEmpty()) {
            return Finding.working(WORKLOAD, Reason.ROLLING_OUT, "The Deployment does not exist yet.");
        }
        var deployment = found.get();
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        if (!Rollouts.isObserved(deployment)) {
            return Finding.working(WORKLOAD, Reason.ROLLING_OUT, "The Deployment has just changed.")
                    .timedByDeployment();
        }
        if (Rollouts.isComplete(deployment)) {
            var requested = deployment.getSpec().getReplicas();
            return Finding.ready(
                    WORKLOAD, Reason.AVAILABLE, "%d of %d pods available.".formatted(requested, requested));
        }
        return unavailable(deployment, status, state);
    }

    private static Finding unavailable(Deployment deployment, DeploymentStatus status, ReconciliationState state) {
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            return Finding.failing(WORKLOAD, Reason.ROLLOUT_PAUSED, WorkloadWarnings.paused(deployment));
        }
        var pods = state.owned()
                .all(Pod.class)
                .filter(pod -> DeploymentPods.include(state.plan().name(), pod))
                .toList();
        var failure = PodFailure.of(pods, deployment, state.lastCondition(WORKLOAD.condition()));
        var progress = "%d of %d new pods available"
                .formatted(newPodsAvailable(status), deployment.getSpec().getReplicas());
        if (Rollouts.hasMissedDeadline(deployment)) {
            return new Finding(
                    WORKLOAD,
                    "False",
                    failure.map(PodFailure::reason).orElse(Reason.PROGRESS_DEADLINE_EXCEEDED),
                    failure.map(PodFailure::message)
                            .orElse(progress + " within spec.progressDeadline"
                                    + UnreadyPod.hint(DeploymentPods.present(deployment, pods))
                                            .map(". "::concat)
                                            .orElse("; see kubectl describe pod.")),
                    GAVE_UP);
        }
        var refused = condition(status, "ReplicaFailure").filter(c -> "True".equals(c.getStatus()));
        var finding = failure.map(t -> Finding.failing(WORKLOAD, t.reason(), t.message()))
                .or(() -> refused.map(c -> Finding.failing(WORKLOAD, Reason.FAILED_CREATE, c.getMessage())))
                .orElseGet(() -> Finding.working(WORKLOAD, Reason.ROLLING_OUT, progress + "."));
        return Rollouts.hasCompleted(deployment) ? finding : finding.timedByDeployment();
    }

    /** The status counts the available pods of all templates. An old pod is available: a rollout removes those first that are not. */
    private static int newPodsAvailable(DeploymentStatus status) {
        var updated = Rollouts.count(status.getUpdatedReplicas());
        var old = Rollouts.count(status.getReplicas()) - updated;
        return Math.clamp(Rollouts.count(status.getAvailableReplicas()) - old, 0, updated);
    }

    private static Optional<DeploymentCondition> condition(DeploymentStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }
}
