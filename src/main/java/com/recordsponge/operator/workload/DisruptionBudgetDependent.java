package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The PodDisruptionBudget of two pods and more. */
public class DisruptionBudgetDependent extends PlannedDependents<PodDisruptionBudget> {

    public DisruptionBudgetDependent() {
        super(PodDisruptionBudget.class, Step.WORKLOAD);
    }

    @Override
    protected List<PodDisruptionBudget> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return DisruptionBudgets.budget(plan).stream().toList();
    }
}
