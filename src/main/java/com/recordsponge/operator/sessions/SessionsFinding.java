package com.recordsponge.operator.sessions;

import static com.recordsponge.operator.api.v1.Component.SESSIONS;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads how the volume of the session files stands from its claim. */
public final class SessionsFinding {

    private SessionsFinding() {}

    /** @param claims all claims made for the environment */
    public static Finding of(EnvironmentPlan plan, Collection<PersistentVolumeClaim> claims) {
        var problem = plan.problem(SESSIONS);
        if (problem.isPresent()) {
            return Finding.of(problem.get());
        }
        var found = claim(plan, claims);
        if (found.isEmpty()) {
            return plan.suspended() ? unused() : pending(plan, "is not made yet");
        }
        var claim = found.get();
        return gone(plan, claim)
                .or(() -> ofAnotherClass(plan, claim))
                .orElseGet(() -> SessionsClaims.isBound(claim) ? bound(plan, claim) : unbound(plan, claim));
    }

    /** What the status tells of the volume, once there is one. */
    public static Optional<EnvironmentStatus.Sessions> status(
            EnvironmentPlan plan, Collection<PersistentVolumeClaim> claims) {
        return claim(plan, claims)
                .flatMap(SessionsClaims::capacity)
                .map(capacity -> new EnvironmentStatus.Sessions(plan.sessionsClaim(), capacity.toString()));
    }

    private static Optional<PersistentVolumeClaim> claim(
            EnvironmentPlan plan, Collection<PersistentVolumeClaim> claims) {
        return claims.stream()
                .filter(claim -> claim.getMetadata().getName().equals(plan.sessionsClaim()))
                .findFirst();
    }

    private static Optional<Finding> gone(EnvironmentPlan plan, PersistentVolumeClaim claim) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of(
                    failing(
                            plan,
                            "ClaimTerminating",
                            "was deleted: it goes when no pod uses it any more, and until then no new pod starts. Set spec.suspend to true until it has gone; then a new one is made, without the sessions."));
        }
        return claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())
                ? Optional.of(failing(
                        plan,
                        "ClaimLost",
                        "has lost its volume, and the sessions with it; delete the claim, and a new one is made."))
                : Optional.empty();
    }

    private static Optional<Finding> ofAnotherClass(EnvironmentPlan plan, PersistentVolumeClaim claim) {
        var wanted = plan.sessions().orElseThrow().storageClassName();
        var actual = claim.getSpec().getStorageClassName();
        return wanted == null || actual == null || wanted.equals(actual)
                ? Optional.empty()
                : Optional.of(failing(
                        plan,
                        "StorageClassDiffers",
                        "was kept from before and is of StorageClass \"%s\", which cannot be changed; set sessions.storageClassName to that, or delete the claim together with the sessions on it."
                                .formatted(actual)));
    }

    private static Finding unbound(EnvironmentPlan plan, PersistentVolumeClaim claim) {
        if (plan.replicas() == 0) {
            return unused();
        }
        var storageClass = claim.getSpec().getStorageClassName();
        if (storageClass == null) {
            return failing(
                    plan,
                    "StorageClassMissing",
                    "names no StorageClass and the cluster has no default one; set sessions.storageClassName, or make a class the default.");
        }
        return pending(
                plan,
                storageClass.isEmpty()
                        ? "waits for a PersistentVolume of no StorageClass, which an administrator makes"
                        : "waits for StorageClass %s to provide its volume; if that takes long, see kubectl describe pvc %s"
                                .formatted(storageClass, plan.sessionsClaim()));
    }

    private static Finding bound(EnvironmentPlan plan, PersistentVolumeClaim claim) {
        var wanted = new Quantity(plan.sessions().orElseThrow().storage());
        var capacity = SessionsClaims.capacity(claim).orElse(wanted);
        if (!SessionsClaims.smaller(capacity, wanted)) {
            return Finding.ready(SESSIONS, "Bound", sentence(plan, "has its volume of %s.".formatted(capacity)));
        }
        var told = claim.getStatus().getConditions().stream()
                .map(PersistentVolumeClaimCondition::getMessage)
                .filter(Objects::nonNull)
                .map(" "::concat)
                .collect(Collectors.joining());
        return Finding.working(
                SESSIONS, "Expanding", sentence(plan, "grows from %s to %s.%s".formatted(capacity, wanted, told)));
    }

    private static Finding unused() {
        return Finding.ready(SESSIONS, "NotMounted", "No pod asks for the volume yet.");
    }

    private static Finding pending(EnvironmentPlan plan, String predicate) {
        return Finding.working(SESSIONS, "ClaimPending", sentence(plan, predicate + "."));
    }

    private static Finding failing(EnvironmentPlan plan, String reason, String predicate) {
        return Finding.failing(SESSIONS, reason, sentence(plan, predicate));
    }

    private static String sentence(EnvironmentPlan plan, String predicate) {
        return "PersistentVolumeClaim %s %s".formatted(plan.sessionsClaim(), predicate);
    }
}
