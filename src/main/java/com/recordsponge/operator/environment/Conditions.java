package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Builds conditions by Kubernetes' API conventions: the transition time changes only with the status. */
final class Conditions {

    private final Optional<EnvironmentStatus> last;
    private final long generation;
    private final Instant now;

    /** @param environment with the status that the new one replaces */
    Conditions(RecordSpongeEnvironment environment, Instant now) {
        this.last = Optional.ofNullable(environment.getStatus());
        this.generation = environment.getMetadata().getGeneration();
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The condition as last written, of any generation. */
    Optional<Condition> last(ConditionType type) {
        return last.flatMap(status -> status.condition(type));
    }

    Condition condition(ConditionType type, String status, Reason reason, String message) {
        var since = last(type)
                .filter(condition -> condition.getStatus().equals(status))
                .map(Condition::getLastTransitionTime)
                .orElse(now.toString());
        return new ConditionBuilder()
                .withType(type.toString())
                .withStatus(status)
                .withReason(reason.toString())
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    Condition condition(Finding finding) {
        return condition(finding.component().condition(), finding.status(), finding.reason(), finding.message());
    }

    Condition condition(ConditionType type, boolean status, Reason reason, String message) {
        return condition(type, status ? "True" : "False", reason, message);
    }
}
