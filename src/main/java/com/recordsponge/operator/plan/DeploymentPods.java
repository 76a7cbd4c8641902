package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which pods are of a Deployment, and their order. */
public final class DeploymentPods {

    /** Informers return pods in no order; reporting a different one each time would change the status each time. */
    public static final Comparator<Pod> NEWEST_FIRST = Comparator.comparing(
                    (Pod pod) -> pod.getMetadata().getCreationTimestamp())
            .reversed()
            .thenComparing(pod -> pod.getMetadata().getName());

    /** The Deployment controller names a ReplicaSet after its Deployment and this label of its pods. */
    public static final String TEMPLATE_HASH = "pod-template-hash";

    private DeploymentPods() {}

    /**
     * The hash of a Deployment's present template. While a rollout is not complete, the Deployment controller quotes the name
     * of its ReplicaSet in the condition Progressing (kubernetes, pkg/controller/deployment/progress.go): the newest pod can be
     * one with which the ReplicaSet of a former template has replaced another. Afterwards it is that of the newest pod, since
     * the condition can still name another ReplicaSet when the Deployment returns to a former template.
     *
     * @param pods of the Deployment
     */
    public static Optional<String> presentTemplate(Deployment deployment, Collection<Pod> pods) {
        var name = Pattern.compile("\"" + Pattern.quote(deployment.getMetadata().getName()) + "-(\\w+)\"");
        return Rollouts.progress(deployment)
                .filter(_ -> !Rollouts.hasCompleted(deployment))
                .map(DeploymentCondition::getMessage)
                .map(message -> name.matcher(Objects.requireNonNullElse(message, "")))
                .filter(Matcher::find)
                .map(quoted -> quoted.group(1))
                .findFirst()
                .or(() -> pods.stream().min(NEWEST_FIRST).flatMap(DeploymentPods::template));
    }

    /** The pods of a Deployment's present template that are not being deleted, the newest first. */
    public static Stream<Pod> present(Deployment deployment, Collection<Pod> pods) {
        var kept = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
        var template = presentTemplate(deployment, kept);
        return kept.stream().filter(pod -> template(pod).equals(template)).sorted(NEWEST_FIRST);
    }

    /** The hash of a pod's template. */
    public static Optional<String> template(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get(TEMPLATE_HASH));
    }

    /** The pods of the Deployment of that name that are not being deleted. */
    public static Stream<Pod> of(OwnedObjects owned, String deployment) {
        return owned.all(Pod.class)
                .filter(pod -> include(deployment, pod))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    /** Whether a pod is of the Deployment of that name, by its ReplicaSet: anybody can label a pod. */
    public static boolean include(String deployment, Pod pod) {
        var replicaSet = deployment + "-" + template(pod).orElse("");
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> "ReplicaSet".equals(owner.getKind()) && replicaSet.equals(owner.getName()));
    }
}
