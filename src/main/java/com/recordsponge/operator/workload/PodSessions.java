package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.DeploymentPods;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Pod;

/** Where the application's pods keep the sessions of its visitors. */
public final class PodSessions {

    private PodSessions() {}

    /** Whether there are several pods, and one has sessions that the others cannot read. */
    public static boolean areApart(String environment, OwnedObjects owned) {
        var pods =
                DeploymentPods.of(owned, environment).filter(Rollouts::canRun).toList();
        return pods.size() > 1 && pods.stream().anyMatch(PodSessions::hasItsOwn);
    }

    private static boolean hasItsOwn(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getName().equals(PodVolumes.SESSIONS) && volume.getEmptyDir() != null);
    }
}
