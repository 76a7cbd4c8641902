package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums the findings up: Ready for people and {@code kubectl wait}, Reconciling and Stalled for kstatus.
 *
 * @param deadline how long from now until waiting turns into Stalled; empty when nothing is waited for
 */
record ReadySummary(List<Condition> conditions, Optional<Duration> deadline) {

    static ReadySummary of(
            EnvironmentPlan plan,
            List<Finding> findings,
            Conditions conditions,
            List<Condition> before,
            SpecEdit attempt,
            Instant now) {
        if (plan.suspended()) {
            return suspended(conditions, findings);
        }
        var first = findings.stream().filter(finding -> !finding.isReady()).findFirst();
        if (first.isEmpty()) {
            return settled(conditions, "Running", "The site answers at %s.".formatted(plan.url()), false);
        }
        var left = timeLeft(plan, first.get(), before, attempt, now);
        return unsettled(conditions, first.get(), left);
    }

    /** Whatever else is wrong: the workload's finding says that it is suspended. */
    private static ReadySummary suspended(Conditions conditions, List<Finding> findings) {
        var workload = findings.stream()
                .filter(finding -> finding.step() == Component.WORKLOAD)
                .findFirst()
                .orElseThrow();
        return settled(conditions, workload.reason(), workload.message(), true);
    }

    private static ReadySummary settled(Conditions conditions, String reason, String message, boolean suspended) {
        return new ReadySummary(
                List.of(
                        conditions.condition("Ready", !suspended, reason, message),
                        conditions.condition("Reconciling", false, reason, message),
                        conditions.condition("Stalled", false, reason, message),
                        conditions.condition(
                                "Suspended",
                                suspended,
                                suspended ? "Suspended" : "NotSuspended",
                                suspended ? message : "spec.suspend is not set.")),
                Optional.empty());
    }

    private static ReadySummary unsettled(Conditions conditions, Finding first, Optional<Duration> left) {
        var stalled = left.isPresent() && !left.get().isPositive();
        var list = new ArrayList<Condition>();
        list.add(conditions.condition("Ready", false, first.reason(), first.message()));
        list.add(conditions.condition("Reconciling", !stalled, first.reason(), first.message()));
        list.add(conditions.condition("Stalled", stalled, first.reason(), first.message()));
        list.add(conditions.condition("Suspended", false, "NotSuspended", "spec.suspend is not set."));
        return new ReadySummary(list, stalled ? Optional.empty() : left);
    }

    private static Optional<Duration> timeLeft(
            EnvironmentPlan plan, Finding first, List<Condition> before, SpecEdit attempt, Instant now) {
        if (first.kind() == Kind.GAVE_UP) {
            return Optional.of(Duration.ZERO);
        }
        var stalled = Conditions.find(before, "Stalled").filter(c -> "True".equals(c.getStatus()));
        if (stalled.isPresent()
                && !attempt.unseen()
                && stalled.get().getReason().equals(first.reason())) {
            return Optional.of(Duration.ZERO);
        }
        if (!first.timed()) {
            return Optional.empty();
        }
        var since = Conditions.find(before, "Reconciling")
                .filter(c -> "True".equals(c.getStatus()) && !attempt.unseen())
                .map(c -> attempt.orLater(Instant.parse(c.getLastTransitionTime())))
                .orElse(now);
        return Optional.of(Duration.between(now, since.plus(plan.progressDeadline())));
    }
}
