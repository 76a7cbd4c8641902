package com.recordsponge.operator.environment;

import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Conditions as Kubernetes' API conventions want them. */
final class Conditions {

    private final List<Condition> before;
    private final long generation;
    private final Instant now;

    /** @param before the conditions of the status that is replaced */
    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before == null ? List.of() : before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The transition time moves only when the status changes. */
    Condition condition(String type, String status, String reason, String message) {
        var since = find(before, type)
                .filter(condition -> condition.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .orElse(now.toString());
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    Condition condition(Finding finding) {
        return condition(finding.step().condition(), finding.status(), finding.reason(), finding.message());
    }

    Condition condition(String type, boolean status, String reason, String message) {
        return condition(type, status ? "True" : "False", reason, message);
    }

    static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }
}
