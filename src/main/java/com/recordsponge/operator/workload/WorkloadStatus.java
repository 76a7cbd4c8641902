package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The workload's piece of the status: image, replicas and selector. */
final class WorkloadStatus {

    private WorkloadStatus() {}

    static void add(WorkloadPlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status.image(new EnvironmentStatus.Image(plan.image(), digest(state)))
                .replicas(state.owned()
                        .named(Deployment.class, state.plan().name())
                        .map(Deployment::getStatus)
                        .map(DeploymentStatus::getReplicas)
                        .orElse(0))
                .selector(new TreeMap<>(Labels.selector(state.plan().name()))
                        .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(",")));
    }

    private static String digest(ReconciliationState state) {
        return state.owned()
                .all(Pod.class)
                .filter(pod -> Pods.belongsTo(pod, state.plan().name()))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null)
                .sorted(Pods.NEWEST_FIRST)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .filter(container -> Boolean.TRUE.equals(container.getReady()))
                .map(ContainerStatus::getImageID)
                .filter(id -> id != null && id.contains("@"))
                .map(id -> id.substring(id.indexOf('@') + 1))
                .findFirst()
                .orElse(null);
    }
}
