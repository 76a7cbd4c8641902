package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of the workload feature, for tests outside the package. */
public final class WorkloadObjects {

    public static final String CONFIG_DIGEST = Deployments.CONFIG_DIGEST;

    private WorkloadObjects() {}

    /** All objects except the random session key. */
    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.<List<? extends HasMetadata>>of(
                        NetworkPolicies.policy(plan, List.of()).stream().toList(),
                        List.of(deployment(plan)),
                        DisruptionBudgets.budgets(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    public static Deployment deployment(EnvironmentPlan plan) {
        return Deployments.deployment(plan, Map.of("SECRET_KEY", "Z2VuZXJhdGVk"));
    }

    public static Optional<NetworkPolicy> networkPolicy(EnvironmentPlan plan) {
        return NetworkPolicies.policy(plan, List.of());
    }
}
