package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The PodDisruptionBudget of two pods and more. */
public class DisruptionBudgetDependentResource extends PlannedDependentResource<PodDisruptionBudget> {

    public DisruptionBudgetDependentResource() {
        super(PodDisruptionBudget.class, Component.WORKLOAD);
    }

    @Override
    protected List<PodDisruptionBudget> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return DisruptionBudgets.budget(plan).stream().toList();
    }
}
