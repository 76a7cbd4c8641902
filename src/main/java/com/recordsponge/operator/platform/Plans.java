package com.recordsponge.operator.platform;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;

/** Carries the plan of a reconciliation to its dependents. */
public final class Plans {

    private Plans() {}

    /** Sets the plan for this reconciliation. */
    public static void set(Context<RecordSpongeEnvironment> context, EnvironmentPlan plan) {
        context.managedWorkflowAndDependentResourceContext().put(EnvironmentPlan.class, plan);
    }

    /** The plan of this reconciliation. */
    public static EnvironmentPlan of(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(EnvironmentPlan.class, EnvironmentPlan.class);
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
