package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A Deployment of generation 3 and its pods, in a state that a test sets. */
final class Rollout {

    private static final long GENERATION = 3;

    private final EnvironmentFixture environment;
    private final DeploymentBuilder deployment;
    private final List<Pod> pods = new ArrayList<>();

    private Rollout(EnvironmentFixture environment) {
        this.environment = environment;
        deployment = new DeploymentBuilder(WorkloadObjects.deployment(environment.plan()))
                .editMetadata()
                .withGeneration(GENERATION)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(GENERATION)
                .endStatus();
    }

    static Rollout of(EnvironmentFixture environment) {
        return new Rollout(environment);
    }

    /** Sets the counts in the Deployment's status; the API server omits a null count. */
    Rollout counts(Integer replicas, Integer updated, Integer available) {
        deployment
                .editStatus()
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus();
        return this;
    }

    Rollout observedGeneration(Long generation) {
        deployment.editStatus().withObservedGeneration(generation).endStatus();
        return this;
    }

    /** A complete rollout of another generation. */
    Rollout generation(Long generation) {
        deployment.editMetadata().withGeneration(generation).endMetadata();
        return observedGeneration(generation);
    }

    /** The time since when the pods are available. */
    Rollout available(String since) {
        deployment
                .editStatus()
                .addToConditions(new DeploymentConditionBuilder()
                        .withType("Available")
                        .withStatus("True")
                        .withLastTransitionTime(since)
                        .build())
                .endStatus();
        return this;
    }

    Rollout condition(String type, String status, String reason, String message) {
        deployment
                .editStatus()
                .addToConditions(new DeploymentConditionBuilder()
                        .withType(type)
                        .withStatus(status)
                        .withReason(reason)
                        .withMessage(message)
                        .build())
                .endStatus();
        return this;
    }

    Rollout deadlineExceeded() {
        return condition(
                "Progressing",
                "False",
                "ProgressDeadlineExceeded",
                "ReplicaSet \"staging-abc\" has timed out progressing.");
    }

    /** The Deployment controller reports no progress when a site that was suspended returns with a former template. */
    Rollout returnedToFormerTemplate() {
        return condition(
                "Progressing",
                "True",
                "NewReplicaSetAvailable",
                "ReplicaSet \"staging-other\" has successfully progressed.");
    }

    /** What the Deployment controller reports of the current template. */
    Rollout progressing() {
        return condition("Progressing", "True", "ReplicaSetUpdated", "ReplicaSet \"staging-abc\" is progressing.");
    }

    /** Adds a pod of the current template. */
    Rollout pod(String name, Consumer<PodBuilder> state) {
        return add(name, container(), state);
    }

    /** Adds a pod created before the data that pods read changed. */
    Rollout podOfOldConfiguration(String name, Consumer<PodBuilder> state) {
        return add(name, container().edit().withEnv().withEnvFrom().build(), state);
    }

    /** Adds a pod created before the image changed. */
    Rollout podOfOldImage(String name, Consumer<PodBuilder> state) {
        return add(name, container().edit().withImage("old:image").build(), state);
    }

    /** Adds a pod with which the ReplicaSet of a former template has replaced one; only its variables differ. */
    Rollout replacedPodOfFormerTemplate(String name, Consumer<PodBuilder> state) {
        return pod(name, pod -> {
            pod.editMetadata()
                    .addToLabels(DeploymentPods.TEMPLATE_HASH, "former")
                    .withOwnerReferences(List.of())
                    .addNewOwnerReference()
                    .withApiVersion("apps/v1")
                    .withKind("ReplicaSet")
                    .withName("staging-former")
                    .withUid("00000000-0000-0000-0000-000000000001")
                    .endOwnerReference()
                    .endMetadata();
            state.accept(pod);
        });
    }

    private Container container() {
        return deployment.buildSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    private Rollout add(String name, Container container, Consumer<PodBuilder> state) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(DeploymentPods.TEMPLATE_HASH, "abc"))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("staging-abc")
                .withUid("00000000-0000-0000-0000-000000000000")
                .endOwnerReference()
                .withCreationTimestamp("2026-01-01T00:00:0%dZ".formatted(pods.size()))
                .endMetadata()
                .withNewSpec()
                .withContainers(container)
                .endSpec()
                .withNewStatus()
                .endStatus();
        state.accept(pod);
        pods.add(pod.build());
        return this;
    }

    Deployment deployment() {
        return deployment.build();
    }

    List<Pod> pods() {
        return pods;
    }

    Finding finding() {
        return environment.finding(
                Component.WORKLOAD,
                Stream.concat(Stream.of(deployment()), pods.stream()).toArray(HasMetadata[]::new));
    }

    static Consumer<PodBuilder> starting() {
        return container(c -> c.withNewState().withNewRunning().endRunning().endState());
    }

    static Consumer<PodBuilder> waiting(String reason, String message) {
        return container(c -> c.withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState());
    }

    /** The container has just exited. */
    static Consumer<PodBuilder> ended(String reason, int exitCode) {
        return container(c -> c.withNewState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .endTerminated()
                .endState());
    }

    /** The kubelet waits before it restarts the container. */
    static Consumer<PodBuilder> backingOff(String lastReason, int exitCode) {
        return container(c -> c.withNewState()
                .withNewWaiting()
                .withReason("CrashLoopBackOff")
                .endWaiting()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withReason(lastReason)
                .withExitCode(exitCode)
                .endTerminated()
                .endLastState());
    }

    /** The container runs again after it exited. */
    static Consumer<PodBuilder> restarted(String lastReason, int exitCode, boolean ready) {
        return container(c -> c.withReady(ready)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withReason(lastReason)
                .withExitCode(exitCode)
                .endTerminated()
                .endLastState());
    }

    /** The application's container waits for an init container in that state. */
    static Consumer<PodBuilder> initializing(Consumer<PodBuilder> state) {
        return waiting("PodInitializing", null).andThen(pod -> {
            var init = new PodBuilder().withNewStatus().endStatus();
            state.accept(init);
            pod.editStatus()
                    .addAllToInitContainerStatuses(init.buildStatus().getContainerStatuses().stream()
                            .map(container -> container.edit().withName("init").build())
                            .toList())
                    .endStatus();
        });
    }

    static Consumer<PodBuilder> unschedulable(String message) {
        return pod -> pod.editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage(message)
                .endCondition()
                .endStatus();
    }

    static Consumer<PodBuilder> terminating(Consumer<PodBuilder> state) {
        return state.andThen(pod ->
                pod.editMetadata().withDeletionTimestamp("2026-01-01T00:01:00Z").endMetadata());
    }

    private static Consumer<PodBuilder> container(Consumer<ContainerStatusBuilder> state) {
        var container = new ContainerStatusBuilder()
                .withName("app")
                .withImage("some:image")
                .withReady(false);
        state.accept(container);
        ContainerStatus built = container.build();
        return pod -> pod.editStatus().addToContainerStatuses(built).endStatus();
    }
}
