package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody should know although it stops nothing now: added to the message of the workload's finding. */
final class WorkloadWarnings {

    private static final int SHOWN = 3;

    private WorkloadWarnings() {}

    static Finding add(Finding finding, ReconciliationState state) {
        var plan = state.plan().get(WorkloadPlan.class);
        var sources = plan.warnings();
        var warnings = Stream.of(
                        sources.stream().map(Blocker::message),
                        plan.pullSecretFlaws().stream(),
                        waiting(state),
                        Stream.of(pausedWithoutChange(finding, state), strangers(state))
                                .flatMap(Optional::stream))
                .flatMap(Function.identity())
                .collect(Collectors.joining(" "));
        if (warnings.isEmpty()) {
            return finding;
        }
        var message = finding.message() + " " + warnings;
        return finding.isReady() && !sources.isEmpty()
                ? Finding.warning(finding.component(), sources.getFirst().reason(), message)
                : new Finding(
                        finding.component(),
                        finding.status(),
                        finding.reason(),
                        message,
                        finding.kind(),
                        finding.timed());
    }

    /** For a change that waits, and before one does. */
    static String paused(Deployment deployment) {
        return "Deployment %1$s is paused, so that no change of its pods is rolled out; run kubectl rollout resume deployment/%1$s -n %2$s."
                .formatted(
                        deployment.getMetadata().getName(),
                        deployment.getMetadata().getNamespace());
    }

    /** What holds no pod back: a part of the workload or, while suspended, what the API server refused. */
    private static Stream<String> waiting(ReconciliationState state) {
        var suspended = state.plan().suspended();
        return state
                .plan()
                .blocker(Component.WORKLOAD)
                .filter(blocker -> suspended ? blocker.duringApply() : blocker.partial())
                .map(Blocker::message)
                .stream();
    }

    private static Optional<String> pausedWithoutChange(Finding finding, ReconciliationState state) {
        return finding.reason() == Reason.ROLLOUT_PAUSED
                ? Optional.empty()
                : state.owned()
                        .named(Deployment.class, state.plan().name())
                        .filter(deployment ->
                                Boolean.TRUE.equals(deployment.getSpec().getPaused()))
                        .map(WorkloadWarnings::paused);
    }

    /** Objects that are not the environment's own, such as a Deployment that somebody copied for debugging. */
    private static Optional<String> strangers(ReconciliationState state) {
        var name = state.plan().name();
        var deployments = state.owned()
                .all(Deployment.class)
                .filter(deployment -> !Labels.areOfPart(deployment))
                .filter(deployment -> !deployment.getMetadata().getName().equals(name))
                .map(deployment -> "Deployment " + deployment.getMetadata().getName());
        var pods = state.owned()
                .all(Pod.class)
                .filter(pod -> !Labels.areOfPart(pod))
                .filter(pod -> Rollouts.canRun(pod) && !DeploymentPods.include(name, pod))
                .map(pod -> "pod " + pod.getMetadata().getName());
        var strangers = Stream.concat(deployments, pods).sorted().toList();
        return strangers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Warning: not created by the operator, but labelled as this environment's, so that the Service can send requests to it: %s%s. Delete it, or remove the label %s from its pods."
                                .formatted(
                                        strangers.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                                        strangers.size() > SHOWN ? " and more" : "",
                                        Labels.ENVIRONMENT));
    }
}
