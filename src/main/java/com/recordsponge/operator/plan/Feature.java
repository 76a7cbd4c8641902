package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One feature of an environment: everything that the operator knows about it, from what it references to its piece of the
 * status. The operator finds all beans of this type and handles them in the order of their components. No method waits
 * for anything outside the cluster.
 *
 * @param <P> the feature's own plan
 */
public interface Feature<P> {

    /** The component, and so the condition, of this feature. */
    Component component();

    /** The Secrets and ConfigMaps that the feature reads; pods read only copies of them ({@link PodData}). */
    default Set<Reference> references(RecordSpongeEnvironment environment) {
        return Set.of();
    }

    /** The feature's plan with every default applied; empty if the spec does not request the feature. */
    Optional<P> plan(PlanInput input);

    /** What keeps the feature waiting, in the order in which it is reported. */
    default List<Check<P>> checks() {
        return List.of();
    }

    /** Adds what the pods need for this feature. */
    default void pods(P plan, PodParts parts) {}

    /** The state of the feature, after its objects were applied. */
    Finding finding(P plan, ReconciliationState state);

    /** What keeps the environment from being Ready although all components are as requested. */
    default Optional<Finding> reservation(P plan, ReconciliationState state) {
        return Optional.empty();
    }

    /** Adds the feature's piece of the status. */
    default void status(P plan, ReconciliationState state, EnvironmentStatus.Builder status) {}

    /** Adds what the feature records while all components are as requested. */
    default void serving(P plan, ReconciliationState state, EnvironmentStatus.Builder status) {}

    /** When to reconcile again without an event; empty if events suffice. */
    default Optional<Duration> recheck(P plan, ReconciliationState state) {
        return Optional.empty();
    }
}
