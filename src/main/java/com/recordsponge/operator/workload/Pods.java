package com.recordsponge.operator.workload;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;

/** The pods of a Deployment. */
final class Pods {

    /** Informers return pods in no order; reporting a different one each time would change the status each time. */
    static final Comparator<Pod> NEWEST_FIRST = Comparator.comparing(
                    (Pod pod) -> pod.getMetadata().getCreationTimestamp())
            .reversed()
            .thenComparing(pod -> pod.getMetadata().getName());

    /** The Deployment controller names a ReplicaSet after its Deployment and this label of its pods. */
    static final String TEMPLATE_HASH = "pod-template-hash";

    private Pods() {}

    /** Whether a pod is of the Deployment of that name, by its ReplicaSet: anybody can label a pod. */
    static boolean belongsTo(Pod pod, String deployment) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        var replicaSet = deployment + "-" + labels.get(TEMPLATE_HASH);
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> "ReplicaSet".equals(owner.getKind()) && replicaSet.equals(owner.getName()));
    }
}
