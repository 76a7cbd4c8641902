package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** Reads the sizes of PersistentVolumeClaims: an existing one can only grow, and only once it has a volume. */
public final class Claims {

    /** The resource that a claim requests. */
    public static final String STORAGE = "storage";

    private Claims() {}

    /** Whether a bound claim must request more storage; a larger claim keeps its size. */
    public static boolean grows(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return isBound(actual) && smaller(requested(actual), requested(desired));
    }

    /** Whether a claim has a volume. */
    public static boolean isBound(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
    }

    /** The size that a claim requests. */
    public static Quantity requested(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().get(STORAGE);
    }

    /** The size of the volume, if it exists. */
    public static Optional<Quantity> capacity(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .map(status -> status.getCapacity())
                .map(capacity -> capacity.get(STORAGE));
    }

    /** Whether one size is less than another. */
    public static boolean smaller(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
    }

    /** Whether a claim has all labels of another. */
    public static boolean hasLabels(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return actual.getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(desired.getMetadata().getLabels().entrySet());
    }

    /**
     * The API server's refusal to grow a claim.
     *
     * @param field the field of the spec with the size
     * @param answer the API server's message
     */
    public static Blocker expansionRefused(
            Component component,
            String field,
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            String answer) {
        var size = requested(actual);
        return new Blocker(
                component,
                Reason.EXPANSION_REFUSED,
                "PersistentVolumeClaim %s keeps its size of %s: the API server refuses %s (%s). Set allowVolumeExpansion on its StorageClass, or set %s back to %s."
                        .formatted(actual.getMetadata().getName(), size, requested(desired), answer, field, size));
    }
}
