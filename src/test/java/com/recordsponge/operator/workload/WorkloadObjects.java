package com.recordsponge.operator.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of the workload feature, for tests outside the package. */
public final class WorkloadObjects {

    private WorkloadObjects() {}

    /** All objects except the random session key, whose copy has a fixed value. */
    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.<List<? extends HasMetadata>>of(
                        DataCopies.copies(plan, sessionKey(plan)),
                        NetworkPolicies.policy(plan, List.of()).stream().toList(),
                        List.of(deployment(plan)),
                        DisruptionBudgets.budgets(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    public static Deployment deployment(EnvironmentPlan plan) {
        return Deployments.deployment(plan, sessionKey(plan));
    }

    private static PodData sessionKey(EnvironmentPlan plan) {
        var planned = plan.get(WorkloadPlan.class).sessionKeyData();
        return planned.copy().isPresent()
                ? planned
                : PodData.of(
                        plan.namespace(),
                        plan.name(),
                        planned.source(),
                        Map.of("SECRET_KEY", "generated".getBytes(UTF_8)));
    }

    public static Optional<NetworkPolicy> networkPolicy(EnvironmentPlan plan) {
        return NetworkPolicies.policy(plan, List.of());
    }
}
