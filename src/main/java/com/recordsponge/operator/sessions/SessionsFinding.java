package com.recordsponge.operator.sessions;

import static com.recordsponge.operator.api.v1.Component.SESSIONS;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Claims;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the state of the sessions' volume from its claim. */
final class SessionsFinding {

    private SessionsFinding() {}

    static Finding of(SessionsPlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(SESSIONS);
        if (blocker.isPresent()) {
            return Finding.of(blocker.get());
        }
        var found = claim(plan, state);
        if (found.isEmpty()) {
            return state.plan().suspended() ? unused() : pending(plan, "does not exist yet");
        }
        var claim = found.get();
        return terminatingOrLost(plan, claim)
                .or(() -> differentClass(plan, claim))
                .orElseGet(() -> Claims.isBound(claim) ? bound(plan, claim) : unbound(plan, claim, state));
    }

    /** The volume, once it exists. */
    static Optional<EnvironmentStatus.Sessions> status(SessionsPlan plan, ReconciliationState state) {
        return claim(plan, state)
                .flatMap(Claims::capacity)
                .map(capacity -> new EnvironmentStatus.Sessions(plan.claim(), capacity.toString()));
    }

    private static Optional<PersistentVolumeClaim> claim(SessionsPlan plan, ReconciliationState state) {
        return state.owned().named(PersistentVolumeClaim.class, plan.claim());
    }

    private static Optional<Finding> terminatingOrLost(SessionsPlan plan, PersistentVolumeClaim claim) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of(
                    failing(
                            plan,
                            Reason.CLAIM_TERMINATING,
                            "is being deleted: Kubernetes removes it when no pod uses it, and no new pod starts until then. Set spec.suspend to true until it is gone; the operator then creates a new one, without the sessions."));
        }
        return claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())
                ? Optional.of(
                        failing(
                                plan,
                                Reason.CLAIM_LOST,
                                "has lost its volume and the sessions on it; delete the claim, and the operator creates a new one."))
                : Optional.empty();
    }

    private static Optional<Finding> differentClass(SessionsPlan plan, PersistentVolumeClaim claim) {
        var actual = claim.getSpec().getStorageClassName();
        return plan.storageClassName() == null
                        || actual == null
                        || plan.storageClassName().equals(actual)
                ? Optional.empty()
                : Optional.of(failing(
                        plan,
                        Reason.STORAGE_CLASS_DIFFERS,
                        "was retained and has StorageClass \"%s\", which cannot be changed; set sessions.storageClassName to that, or delete the claim together with the sessions on it."
                                .formatted(actual)));
    }

    private static Finding unbound(SessionsPlan plan, PersistentVolumeClaim claim, ReconciliationState state) {
        if (state.plan().replicas() == 0) {
            return unused();
        }
        var storageClass = claim.getSpec().getStorageClassName();
        if (storageClass == null) {
            return failing(
                    plan,
                    Reason.STORAGE_CLASS_NOT_SET,
                    "has no StorageClass and the cluster has no default one; set sessions.storageClassName, or mark a class as the default.");
        }
        return pending(
                plan,
                storageClass.isEmpty()
                        ? "waits for an administrator to create a PersistentVolume without StorageClass"
                        : "waits for StorageClass %s to provide its volume; if it does not, see kubectl describe pvc %s"
                                .formatted(storageClass, plan.claim()));
    }

    private static Finding bound(SessionsPlan plan, PersistentVolumeClaim claim) {
        var requested = new Quantity(plan.storage());
        var capacity = Claims.capacity(claim).orElse(requested);
        if (!Claims.smaller(capacity, requested)) {
            return Finding.ready(SESSIONS, Reason.BOUND, sentence(plan, "has its volume of %s.".formatted(capacity)));
        }
        var details = claim.getStatus().getConditions().stream()
                .map(PersistentVolumeClaimCondition::getMessage)
                .filter(Objects::nonNull)
                .map(" "::concat)
                .collect(Collectors.joining());
        return Finding.working(
                SESSIONS,
                Reason.EXPANDING,
                sentence(plan, "grows from %s to %s.%s".formatted(capacity, requested, details)));
    }

    private static Finding unused() {
        return Finding.ready(SESSIONS, Reason.NOT_MOUNTED, "No pod needs the volume yet.");
    }

    private static Finding pending(SessionsPlan plan, String predicate) {
        return Finding.working(SESSIONS, Reason.CLAIM_PENDING, sentence(plan, predicate + "."));
    }

    private static Finding failing(SessionsPlan plan, Reason reason, String predicate) {
        return Finding.failing(SESSIONS, reason, sentence(plan, predicate));
    }

    private static String sentence(SessionsPlan plan, String predicate) {
        return "PersistentVolumeClaim %s %s".formatted(plan.claim(), predicate);
    }
}
