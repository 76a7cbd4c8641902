package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;

/** Builds the PodDisruptionBudget of the application's pods. */
final class DisruptionBudgets {

    private DisruptionBudgets() {}

    /**
     * Lets a drain evict one pod at a time. maxUnavailable is right for any number of pods, also while somebody scales;
     * a pod that is not ready serves no requests and can always be evicted. A single pod has no budget, which would
     * protect nothing.
     */
    static List<PodDisruptionBudget> budgets(EnvironmentPlan plan) {
        return plan.replicas() < 2
                ? List.of()
                : List.of(new PodDisruptionBudgetBuilder()
                        .withMetadata(plan.metadata(plan.name()))
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                        .withNewSelector()
                        .withMatchLabels(Labels.selector(plan.name()))
                        .endSelector()
                        .endSpec()
                        .build());
    }
}
