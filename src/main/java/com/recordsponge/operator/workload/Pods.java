package com.recordsponge.operator.workload;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;

/** Pods of a Deployment. */
public final class Pods {

    /** They come in no order; telling now of one and now of another would be news each time. */
    public static final Comparator<Pod> NEWEST_FIRST = Comparator.comparing(
                    (Pod pod) -> pod.getMetadata().getCreationTimestamp())
            .reversed()
            .thenComparing(pod -> pod.getMetadata().getName());

    private Pods() {}
}
