package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.SessionsSpec;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/** Builds the PersistentVolumeClaim of the session files, and what may still change of one that there is. */
public final class SessionsClaims {

    private static final String STORAGE = "storage";

    private SessionsClaims() {}

    /**
     * To be mounted by every pod of one node (ReadWriteOnce), which all storage can do, and k3s' local-path can do alone:
     * a rollout runs its new pod beside the old one, so that ReadWriteOncePod would never let it start.
     */
    public static PersistentVolumeClaim claim(EnvironmentPlan plan, SessionsSpec sessions) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(plan.metadata(plan.sessionsClaim()))
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(sessions.storageClassName())
                .withNewResources()
                .withRequests(Map.of(STORAGE, new Quantity(sessions.storage())))
                .endResources()
                .endSpec()
                .build();
    }

    /** Whether a claim has all that can still be given to it. */
    static boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(desired.getMetadata().getLabels().entrySet())
                && !grows(actual, desired)
                && !getsClass(actual, desired);
    }

    /** The claim as it is, but for the two things that Kubernetes lets change. */
    static PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return desired.edit()
                .editSpec()
                .withAccessModes(actual.getSpec().getAccessModes())
                .withStorageClassName((getsClass(actual, desired) ? desired : actual)
                        .getSpec()
                        .getStorageClassName())
                .editResources()
                .withRequests(Map.of(STORAGE, requested(grows(actual, desired) ? desired : actual)))
                .endResources()
                .endSpec()
                .build();
    }

    /** A claim that has its volume may ask for a larger one; one that is larger already stays so. */
    static boolean grows(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return isBound(actual) && smaller(requested(actual), requested(desired));
    }

    /** A claim of no class, for which the cluster has no default one, may be given one. */
    private static boolean getsClass(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getSpec().getStorageClassName() == null
                && desired.getSpec().getStorageClassName() != null;
    }

    /** @param answer the API server's sentence */
    static Blocker expansionRefused(PersistentVolumeClaim actual, PersistentVolumeClaim desired, String answer) {
        var size = requested(actual);
        return new Blocker(
                Component.SESSIONS,
                Blocker.EXPANSION_REFUSED,
                "PersistentVolumeClaim %s stays at %s: the API server refuses %s (%s). Let its StorageClass allow expansion, or set sessions.storage back to %s."
                        .formatted(actual.getMetadata().getName(), size, requested(desired), answer, size));
    }

    static boolean isBound(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
    }

    /** The size of the volume, where there is one. */
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
