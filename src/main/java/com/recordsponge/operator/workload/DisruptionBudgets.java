package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Optional;

/** Builds the PodDisruptionBudget of the application's pods. */
public final class DisruptionBudgets {

    private DisruptionBudgets() {}

    /**
     * Lets a drain take one pod at a time. It counts what is unavailable, because that is right for any number of pods,
     * also while somebody scales; a pod that is not ready serves nobody and may always go. Of a single pod there is none:
     * it would keep its node from ever being drained.
     */
    public static Optional<PodDisruptionBudget> budget(EnvironmentPlan plan) {
        return plan.replicas() < 2
                ? Optional.empty()
                : Optional.of(new PodDisruptionBudgetBuilder()
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
