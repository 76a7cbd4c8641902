package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * An object that holds what cannot be made again: it is kept when it is no longer asked for and when the environment
 * goes, and an environment of the same name picks it up again.
 */
public abstract class RetainedDependentResource<R extends HasMetadata> extends PlannedDependentResource<R> {

    /** @param suffix what follows the environment's name in the object's */
    protected RetainedDependentResource(Class<R> type, Component step, String suffix) {
        super(type, step, suffix);
    }

    /** By its name and, as only labelled objects are watched, by its label. */
    @Override
    protected final boolean owns(R object, RecordSpongeEnvironment environment) {
        return isNamed(object, environment);
    }

    /** It has no owner; its labels are those that {@link #owns} relies on too. */
    @Override
    protected final boolean isOurs(R object, RecordSpongeEnvironment environment) {
        var labels = Labels.of(environment.getMetadata().getName());
        return object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    protected final boolean addOwnerReference() {
        return false;
    }

    @Override
    protected final void addReferenceHandlingMetadata(R desired, RecordSpongeEnvironment environment) {
        // The label names the environment; an owner would take the object along.
    }

    @Override
    public final void deleteTargetResource(
            RecordSpongeEnvironment environment, R object, String name, Context<RecordSpongeEnvironment> context) {
        // It may be wanted again.
    }
}
