package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the PersistentVolumeClaim of the sessions, and decides what can still change in an existing one. */
final class SessionsClaims {

    private static final String STORAGE = "storage";

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
                .withRequests(Map.of(STORAGE, new Quantity(sessions.storage())))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a claim needs none of the changes that Kubernetes still allows. */
    static boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(desired.getMetadata().getLabels().entrySet())
                && !grows(actual, desired)
                && !lacksClass(actual, desired);
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
                .withRequests(Map.of(STORAGE, requested(grows(actual, desired) ? desired : actual)))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a bound claim must request more storage; a larger claim keeps its size. */
    static boolean grows(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return isBound(actual) && smaller(requested(actual), requested(desired));
    }

    /** Whether a claim has no class although the plan sets one; Kubernetes allows setting it later. */
    private static boolean lacksClass(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getSpec().getStorageClassName() == null
                && desired.getSpec().getStorageClassName() != null;
    }

    /** @param answer the API server's message */
    static Blocker expansionRefused(PersistentVolumeClaim actual, PersistentVolumeClaim desired, String answer) {
        var size = requested(actual);
        return new Blocker(
                Component.SESSIONS,
                Reason.EXPANSION_REFUSED,
                "PersistentVolumeClaim %s keeps its size of %s: the API server refuses %s (%s). Set allowVolumeExpansion on its StorageClass, or set sessions.storage back to %s."
                        .formatted(actual.getMetadata().getName(), size, requested(desired), answer, size));
    }

    static boolean isBound(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
    }

    /** The size of the volume, if it exists. */
    static Optional<Quantity> capacity(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .map(status -> status.getCapacity())
                .map(capacity -> capacity.get(STORAGE));
    }

    static boolean smaller(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
    }

    private static Quantity requested(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().get(STORAGE);
    }
}
