package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether an environment without replicas has no pod any more. People restore dumps into the database of a suspended
 * environment: until the last pod is gone, a pod can write to it.
 */
final class ScaleToZero {

    private ScaleToZero() {}

    static Finding finding(ReconciliationState state) {
        var suspended = state.plan().suspended();
        var cause = suspended ? state.plan().suspension() : "spec.replicas is 0";
        return pending(state)
                .map(pending -> Finding.working(
                                WORKLOAD,
                                suspended ? Reason.SUSPENDING : Reason.ROLLING_OUT,
                                "%s: %s".formatted(cause, pending))
                        .timedByDeployment())
                .orElseGet(() -> Finding.working(
                        WORKLOAD,
                        suspended ? Reason.ENVIRONMENT_SUSPENDED : Reason.SCALED_TO_ZERO,
                        cause + ": scaled to zero, no pod is left."));
    }

    /** Whether no pod is left, and none can appear. */
    static boolean isComplete(ReconciliationState state) {
        return pending(state).isEmpty();
    }

    /** What is left, to be read after the cause; empty if nothing is. */
    private static Optional<String> pending(ReconciliationState state) {
        var deployment = state.owned().named(Deployment.class, state.plan().name());
        if (deployment.filter(found -> found.getSpec().getReplicas() > 0).isPresent()) {
            return Optional.of("Deployment %s has not been scaled down yet; another condition says why."
                    .formatted(state.plan().name()));
        }
        var pods = state.owned()
                .all(Pod.class)
                .filter(Rollouts::canRun)
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
        if (!pods.isEmpty()) {
            return Optional.of(names(pods));
        }
        return deployment.filter(ScaleToZero::canCreatePods).map(_ -> "the Deployment has not scaled down yet.");
    }

    private static String names(List<String> pods) {
        return pods.size() == 1
                ? "pod %s is still finishing its requests.".formatted(pods.getFirst())
                : "pods %s are still finishing their requests.".formatted(String.join(", ", pods));
    }

    /** The Deployment controller can act on a former spec. The first generation has no former one. */
    private static boolean canCreatePods(Deployment deployment) {
        var generation = deployment.getMetadata().getGeneration();
        var status = deployment.getStatus();
        if (status == null || status.getObservedGeneration() == null) {
            return generation != null && generation > 1;
        }
        return !Objects.equals(status.getObservedGeneration(), generation)
                || Objects.requireNonNullElse(status.getReplicas(), 0) > 0;
    }
}
