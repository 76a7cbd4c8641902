package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTermBuilder;
import java.util.List;

/**
 * Where the pods of an environment run: on different nodes and in different zones if possible, but on one node if they
 * share a ReadWriteOnce volume. All of it is a preference: one node is enough, and pods can leave a failed node. A pod
 * that does not fit beside the others waits on another node until the volume can be attached there.
 */
final class PodPlacement {

    private static final String NODE = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int HIGHEST_WEIGHT = 100;

    private PodPlacement() {}

    /**
     * Spreads over nodes; the affinity spreads over zones. The scheduler ignores all constraints on nodes that lack the
     * label of one, and k3s' nodes have no zone.
     */
    static List<TopologySpreadConstraint> spread(EnvironmentPlan plan) {
        return plan.pods().shareVolume() ? List.of() : List.of(overNodes(plan));
    }

    private static TopologySpreadConstraint overNodes(EnvironmentPlan plan) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(NODE)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(plan.name()))
                .endLabelSelector()
                // Pods that a rollout is about to delete do not count.
                .withMatchLabelKeys("pod-template-hash")
                .build();
    }

    static Affinity affinity(EnvironmentPlan plan) {
        var affinity = new AffinityBuilder();
        return plan.pods().shareVolume()
                ? affinity.withNewPodAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(ownPods(plan, NODE))
                        .endPodAffinity()
                        .build()
                : affinity.withNewPodAntiAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(ownPods(plan, ZONE))
                        .endPodAntiAffinity()
                        .build();
    }

    private static WeightedPodAffinityTerm ownPods(EnvironmentPlan plan, String topology) {
        return new WeightedPodAffinityTermBuilder()
                .withWeight(HIGHEST_WEIGHT)
                .withNewPodAffinityTerm()
                .withTopologyKey(topology)
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(plan.name()))
                .endLabelSelector()
                .endPodAffinityTerm()
                .build();
    }
}
