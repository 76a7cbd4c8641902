package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;

/** Carries the plan of a reconciliation to its dependents. */
public final class PlanContext {

    private PlanContext() {}

    /** Sets the plan for this reconciliation. */
    public static void set(Context<RecordSpongeEnvironment> context, EnvironmentPlan plan) {
        context.managedWorkflowAndDependentResourceContext().put(EnvironmentPlan.class, plan);
    }

    /** The plan of this reconciliation. */
    public static EnvironmentPlan of(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(EnvironmentPlan.class, EnvironmentPlan.class);
    }

    /** Notes what could not be done and keeps no other object from being applied. */
    public static void note(Context<RecordSpongeEnvironment> context, Blocker problem) {
        context.managedWorkflowAndDependentResourceContext().put(problem.step(), problem);
    }

    /** A plan with all problems that were noted while it was applied. */
    public static EnvironmentPlan withNotes(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        for (var step : Component.values()) {
            var noted = context.managedWorkflowAndDependentResourceContext().get(step, Blocker.class);
            plan = noted.map(plan::with).orElse(plan);
        }
        return plan;
    }

    /** The environment that an object was made for, by its label. */
    public static Set<ResourceID> environmentOf(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        var name = labels == null ? null : labels.get(Labels.ENVIRONMENT);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    }
}
