package com.recordsponge.operator.sessions;

import com.recordsponge.operator.plan.Claims;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** Builds the PersistentVolumeClaim of the sessions, and decides what can still change in an existing one. */
final class SessionsClaims {

    private SessionsClaims() {}

    /** None while suspended: scaling to zero must not depend on storage. */
    static List<PersistentVolumeClaim> claims(EnvironmentPlan plan) {
        return plan.find(SessionsPlan.class).stream()
                .filter(_ -> !plan.suspended())
                .map(sessions -> claim(plan, sessions))
                .toList();
    }

    /**
     * ReadWriteOnce lets all pods on one node mount it: every storage driver supports that mode. With ReadWriteOncePod
     * the new pod of a rollout would never start beside the old one.
     */
    static PersistentVolumeClaim claim(EnvironmentPlan plan, SessionsPlan sessions) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(plan.metadata(sessions.claim()))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(sessions.storageClassName())
                .withNewResources()
                .withRequests(Map.of(Claims.STORAGE, new Quantity(sessions.storage())))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a claim needs none of the changes that Kubernetes still allows. */
    static boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return Claims.hasLabels(actual, desired) && !Claims.grows(actual, desired) && !lacksClass(actual, desired);
    }

    /** The existing claim with the two changes that Kubernetes allows. */
    static PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return desired.edit()
                .editSpec()
                .withAccessModes(actual.getSpec().getAccessModes())
                .withStorageClassName((lacksClass(actual, desired) ? desired : actual)
                        .getSpec()
                        .getStorageClassName())
                .editResources()
                .withRequests(
                        Map.of(Claims.STORAGE, Claims.requested(Claims.grows(actual, desired) ? desired : actual)))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a claim has no class although the plan sets one; Kubernetes allows setting it later. */
    private static boolean lacksClass(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getSpec().getStorageClassName() == null
                && desired.getSpec().getStorageClassName() != null;
    }
}
