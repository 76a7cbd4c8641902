package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
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

    /** The pods of the Deployment of that name that are not being deleted. */
    public static Stream<Pod> of(OwnedObjects owned, String deployment) {
        return owned.all(Pod.class)
                .filter(pod -> include(deployment, pod))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    /** Whether a pod is of the Deployment of that name, by its ReplicaSet: anybody can label a pod. */
    public static boolean include(String deployment, Pod pod) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        var replicaSet = deployment + "-" + labels.get(TEMPLATE_HASH);
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> "ReplicaSet".equals(owner.getKind()) && replicaSet.equals(owner.getName()));
    }
}
