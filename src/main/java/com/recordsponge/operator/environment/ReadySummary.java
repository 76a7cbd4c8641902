package com.recordsponge.operator.environment;

import static com.recordsponge.operator.api.v1.ConditionType.READY;
import static com.recordsponge.operator.api.v1.ConditionType.RECONCILING;
import static com.recordsponge.operator.api.v1.ConditionType.STALLED;
import static com.recordsponge.operator.api.v1.ConditionType.SUSPENDED;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Summarizes the findings: Ready for people and {@code kubectl wait}, Reconciling and Stalled for kstatus.
 *
 * @param deadline time left until Stalled; empty if no deadline applies
 */
record ReadySummary(List<Condition> conditions, Optional<Duration> deadline) {

    static ReadySummary of(ReconciliationState state, List<Finding> findings, Conditions conditions) {
        if (state.plan().suspended()) {
            return suspended(conditions, findings);
        }
        var first = findings.stream().filter(finding -> !finding.permitsReady()).findFirst();
        if (first.isEmpty()) {
            return new ReadySummary(
                    conditions(conditions, true, false, false, Reason.RUNNING, message(findings)), Optional.empty());
        }
        if (first.get().reason() == Reason.SCALED_TO_ZERO) {
            return new ReadySummary(
                    conditions(
                            conditions,
                            false,
                            false,
                            false,
                            first.get().reason(),
                            first.get().message()),
                    Optional.empty());
        }
        var left = new ProgressDeadline(state, findings, conditions).timeLeft(first.get());
        var stalled = left.isPresent() && !left.get().isPositive();
        return new ReadySummary(
                conditions(
                        conditions,
                        false,
                        !stalled,
                        stalled,
                        first.get().reason(),
                        first.get().message()),
                left.filter(Duration::isPositive));
    }

    /** What proves that the site works: its answer, or why it was not asked. */
    private static String message(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.component() == Component.ROUTE)
                .map(Finding::message)
                .findFirst()
                .orElseThrow();
    }

    /** Reports only the workload, whatever else is wrong: its finding says whether a pod is left. */
    private static ReadySummary suspended(Conditions conditions, List<Finding> findings) {
        var workload = findings.stream()
                .filter(finding -> finding.component() == Component.WORKLOAD)
                .findFirst()
                .orElseThrow();
        var complete = workload.reason() == Reason.ENVIRONMENT_SUSPENDED;
        var summary =
                new ArrayList<>(conditions(conditions, false, !complete, false, workload.reason(), workload.message()));
        summary.set(
                summary.size() - 1,
                conditions.condition(
                        SUSPENDED,
                        complete,
                        complete ? Reason.ENVIRONMENT_SUSPENDED : Reason.SUSPENDING,
                        workload.message()));
        return new ReadySummary(summary, Optional.empty());
    }

    /** The four conditions of an environment that is not suspended. */
    static List<Condition> conditions(
            Conditions conditions, boolean ready, boolean reconciling, boolean stalled, Reason reason, String message) {
        return List.of(
                conditions.condition(READY, ready, reason, message),
                conditions.condition(RECONCILING, reconciling, reason, message),
                conditions.condition(STALLED, stalled, reason, message),
                conditions.condition(
                        SUSPENDED,
                        false,
                        Reason.NOT_SUSPENDED,
                        "Neither spec.suspend nor the annotation %s is true.".formatted(RequestAnnotation.SUSPEND)));
    }
}
