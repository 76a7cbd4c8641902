package com.recordsponge.operator.environment;

import static com.recordsponge.operator.api.v1.ConditionType.RECONCILING;
import static com.recordsponge.operator.api.v1.ConditionType.STALLED;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time until an environment that is not Ready is Stalled. It excludes the stages that the operator does not time: a
 * rollout, and the wait for a promotion.
 */
record ProgressDeadline(ReconciliationState state, List<Finding> findings, Conditions conditions) {

    /**
     * The time left; empty if no deadline applies.
     *
     * @param first the first finding that does not permit Ready
     */
    Optional<Duration> timeLeft(Finding first) {
        if (first.kind() == Kind.GAVE_UP) {
            return Optional.of(Duration.ZERO);
        }
        var edit = SpecEdit.of(state.environment());
        var stalled = conditions.last(STALLED).filter(c -> "True".equals(c.getStatus()));
        if (stalled.isPresent()
                && !edit.unseen()
                && stalled.get().getReason().equals(first.reason().toString())) {
            return Optional.of(Duration.ZERO);
        }
        if (!first.timed()) {
            return Optional.empty();
        }
        var since = conditions
                .last(RECONCILING)
                .filter(c -> "True".equals(c.getStatus()) && !edit.unseen())
                .map(c -> edit.orLater(Instant.parse(c.getLastTransitionTime())))
                .map(begin -> Stream.concat(Stream.of(begin), untimedUntil(first).stream())
                        .max(Instant::compareTo)
                        .orElseThrow())
                .orElse(state.now());
        return Optional.of(Duration.between(state.now(), since.plus(state.plan().progressDeadline())));
    }

    /**
     * When the last stage ended that the operator does not time, or a failure began that it times. The Deployment says
     * when its rollout was complete: the transition of WorkloadAvailable would move with every crash of a pod.
     */
    private Optional<Instant> untimedUntil(Finding first) {
        if (findings.stream().anyMatch(finding -> !finding.permitsReady() && !finding.timed())) {
            return Optional.of(transition(first));
        }
        return state.owned()
                .named(Deployment.class, state.plan().name())
                .flatMap(Rollouts::completed)
                .or(() -> findings.stream()
                        .filter(finding -> finding.component() == Component.IMAGE && finding.isReady())
                        .map(this::transition)
                        .findFirst());
    }

    private Instant transition(Finding finding) {
        return Instant.parse(conditions.condition(finding).getLastTransitionTime());
    }
}
