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
 * Where the pods of an environment run: on nodes and in zones of their own, as far as there are any; but together on one
 * node when they share a ReadWriteOnce volume. All of it is a preference, so that one node is enough and a node that fails
 * is left; a pod for which there is no room beside the others waits, on another node, until the volume can follow it.
 */
final class PodPlacement {

    private static final String NODE = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int HIGHEST_WEIGHT = 100;

    private PodPlacement() {}

    /**
     * Over nodes only, with zones left to the affinity: of several constraints the scheduler heeds none on nodes that lack
     * the label of one, and k3s' nodes have no zone.
     */
    static List<TopologySpreadConstraint> spread(EnvironmentPlan plan) {
        return plan.sessions().isPresent() ? List.of() : List.of(overNodes(plan));
    }

    private static TopologySpreadConstraint overNodes(EnvironmentPlan plan) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(NODE)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(plan.name()))
                .endLabelSelector()
                // Pods that a rollout is about to remove do not count.
                .withMatchLabelKeys("pod-template-hash")
                .build();
    }

    static Affinity affinity(EnvironmentPlan plan) {
        var affinity = new AffinityBuilder();
        return plan.sessions().isPresent()
                ? affinity.withNewPodAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(beside(plan, NODE))
                        .endPodAffinity()
                        .build()
                : affinity.withNewPodAntiAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(beside(plan, ZONE))
                        .endPodAntiAffinity()
                        .build();
    }

    private static WeightedPodAffinityTerm beside(EnvironmentPlan plan, String topology) {
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
