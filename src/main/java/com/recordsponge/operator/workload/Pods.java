package com.recordsponge.operator.workload;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;

/** Pods of a Deployment. */
public final class Pods {

    /** They come in no order; telling now of one and now of another would be news each time. */
    public static final Comparator<Pod> NEWEST_FIRST = Comparator.comparing(
                    (Pod pod) -> pod.getMetadata().getCreationTimestamp())
            .reversed()
            .thenComparing(pod -> pod.getMetadata().getName());

    private Pods() {}

    /** Whether a pod runs or still may, and was made from other configuration data than the given digest is of. */
    static boolean outdated(Pod pod, String configDigest) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !"Succeeded".equals(phase)
                && !"Failed".equals(phase)
                && !configDigest.equals(annotations(pod).get(Deployments.CONFIG_DIGEST));
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }
}
