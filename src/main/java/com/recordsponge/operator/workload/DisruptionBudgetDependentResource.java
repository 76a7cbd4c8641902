package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/** The PodDisruptionBudget of several pods. */
public class DisruptionBudgetDependentResource extends PlannedDependentResource<PodDisruptionBudget> {

    public DisruptionBudgetDependentResource() {
        super(PodDisruptionBudget.class, Component.WORKLOAD, DisruptionBudgets::budgets);
    }
}
