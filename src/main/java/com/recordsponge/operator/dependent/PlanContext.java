package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Passes the plan of a reconciliation to the dependent resources, and their failures back. */
public final class PlanContext {

    private PlanContext() {}

    /** Sets the plan of this reconciliation. */
    public static void set(Context<RecordSpongeEnvironment> context, EnvironmentPlan plan) {
        context.managedWorkflowAndDependentResourceContext().put(EnvironmentPlan.class, plan);
    }

    /** The plan of this reconciliation. */
    public static EnvironmentPlan plan(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(EnvironmentPlan.class, EnvironmentPlan.class);
    }

    /** Records a dependent resource's failure; the workflow applies all other objects. */
    public static void add(Context<RecordSpongeEnvironment> context, Blocker blocker) {
        context.managedWorkflowAndDependentResourceContext().put(blocker.component(), blocker);
    }

    /** All recorded failures. */
    public static List<Blocker> blockers(Context<RecordSpongeEnvironment> context) {
        return Arrays.stream(Component.values())
                .flatMap(component ->
                        context.managedWorkflowAndDependentResourceContext().get(component, Blocker.class).stream())
                .toList();
    }

    /** The environment that an object was created for, by its label. */
    public static Set<ResourceID> environmentOf(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        var name = labels == null ? null : labels.get(Labels.ENVIRONMENT);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    }
}
