package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The workload's piece of the status: replicas and selector. */
final class WorkloadStatus {

    private WorkloadStatus() {}

    static void add(ReconciliationState state, EnvironmentStatus.Builder status) {
        status.replicas(state.owned()
                        .named(Deployment.class, state.plan().name())
                        .map(Deployment::getStatus)
                        .map(DeploymentStatus::getReplicas)
                        .orElse(0))
                .selector(new TreeMap<>(Labels.selector(state.plan().name()))
                        .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(",")));
    }
}
