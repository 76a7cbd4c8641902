package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.function.Function;

/**
 * An object with content that cannot be recreated. The operator keeps it when the plan no longer requires it and when the
 * environment is deleted; an environment of the same name uses it again.
 */
public abstract class RetainedDependentResource<R extends HasMetadata> extends PlannedDependentResource<R> {

    /** @param suffix what follows the environment's name in the object's name */
    protected RetainedDependentResource(
            Class<R> type, Component component, String suffix, Function<EnvironmentPlan, List<R>> builder) {
        super(type, component, suffix, builder);
    }

    /** By its name and its label: the operator watches only labelled objects. */
    @Override
    protected final boolean owns(R object, RecordSpongeEnvironment environment) {
        return isNamed(object, environment);
    }

    /** It has no owner; {@link #owns} relies on the same labels. */
    @Override
    protected final boolean isOurs(R object, RecordSpongeEnvironment environment) {
        var labels = Labels.of(environment.getMetadata().getName());
        return object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    /** The volume controller writes to a claim; what else somebody adds is kept with the rest. */
    @Override
    protected final boolean ownsContent() {
        return false;
    }

    @Override
    protected final boolean addOwnerReference() {
        return false;
    }

    @Override
    protected final void addReferenceHandlingMetadata(R desired, RecordSpongeEnvironment environment) {
        // The label names the environment; with an owner reference the garbage collector would delete the object.
    }

    @Override
    public final void deleteTargetResource(
            RecordSpongeEnvironment environment, R object, String name, Context<RecordSpongeEnvironment> context) {
        // An environment of the same name uses it again.
    }
}
