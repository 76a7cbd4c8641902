package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Optional;

/**
 * What the findings of one reconciliation are computed from.
 *
 * @param environment with the status that the last reconciliation wrote
 */
public record ReconciliationState(
        RecordSpongeEnvironment environment, EnvironmentPlan plan, OwnedObjects owned, Instant now) {

    /** The status that the last reconciliation wrote. */
    public Optional<EnvironmentStatus> lastStatus() {
        return Optional.ofNullable(environment.getStatus());
    }

    /** A condition as last written, unless the spec has changed since. */
    public Optional<Condition> lastCondition(ConditionType type) {
        return lastStatus()
                .filter(status -> environment.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> status.condition(type));
    }
}
