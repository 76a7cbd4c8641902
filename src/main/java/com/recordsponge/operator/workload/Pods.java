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

    private Pods() {}

    /** Whether a pod runs or can still run; a terminating pod serves requests until it is gone. */
    static boolean canRun(Pod pod) {
        var phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !"Succeeded".equals(phase) && !"Failed".equals(phase);
    }

    /** Whether a pod runs or can still run, with configuration data of another digest. */
    static boolean outdated(Pod pod, String configDigest) {
        return canRun(pod) && !configDigest.equals(annotations(pod).get(Deployments.CONFIG_DIGEST));
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }
}
