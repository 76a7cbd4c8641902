package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import com.recordsponge.operator.plan.Rollouts;
import com.recordsponge.operator.plan.SecretsInUse;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a new pod does not become ready: the object, the words of whoever reports it, and the remedy. Reason and message stay
 * the same while the kubelet alternates between trying and waiting.
 */
record PodFailure(Reason reason, String message) {

    /**
     * The failure of the Deployment's newest pod that has one.
     *
     * @param last the condition as last written
     */
    static Optional<PodFailure> of(Collection<Pod> pods, Deployment deployment, Optional<Condition> last) {
        var newestFirst = DeploymentPods.present(deployment, pods)
                .filter(pod -> isNewest(pod, deployment))
                .toList();
        return newestFirst.stream()
                // One that was evicted before stays beside those that replaced it.
                .filter(pod -> Rollouts.canRun(pod) || pod.equals(newestFirst.getFirst()))
                .flatMap(pod -> of(pod, last).stream())
                .findFirst();
    }

    private static boolean isNewest(Pod pod, Deployment deployment) {
        var template = deployment.getSpec().getTemplate();
        var annotations = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of());
        return Objects.requireNonNullElse(template.getMetadata().getAnnotations(), Map.<String, String>of())
                        .entrySet()
                        .stream()
                        .allMatch(entry -> Objects.equals(annotations.get(entry.getKey()), entry.getValue()))
                && SecretsInUse.names(pod.getSpec())
                        .collect(Collectors.toSet())
                        .containsAll(SecretsInUse.names(template.getSpec()).toList())
                && template.getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage()
                        .equals(pod.getSpec().getContainers().getFirst().getImage());
    }

    private static Optional<PodFailure> of(Pod pod, Optional<Condition> last) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return unschedulable(pod).or(() -> refusedByNode(pod)).or(() -> ContainerFailure.of(pod, last));
    }

    private static Optional<PodFailure> unschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(PodCondition::getMessage)
                .map(message -> says("Pod " + pod.getMetadata().getName(), Source.SCHEDULER, message))
                .findFirst();
    }

    /** A pod that a node evicted or did not admit stays, Failed; its ReplicaSet creates another. */
    private static Optional<PodFailure> refusedByNode(Pod pod) {
        var status = pod.getStatus();
        return "Failed".equals(status.getPhase()) && status.getReason() != null
                ? Optional.of(says(
                        "Pod %s was ended by its node (%s)"
                                .formatted(pod.getMetadata().getName(), status.getReason()),
                        Source.NODE,
                        status.getMessage()))
                : Optional.empty();
    }

    /** A failure in the words of whoever reports it, with its remedy. */
    static PodFailure says(String subject, Source source, String message) {
        var words = ReportedWords.uncut(message);
        var cause = PodFailureCause.of(source, words);
        return new PodFailure(
                source.reason(),
                words.isEmpty()
                        ? "%s. %s".formatted(subject, cause.remedy())
                        : "%s: \"%s\". %s".formatted(subject, ReportedWords.cut(words), cause.remedy()));
    }
}
