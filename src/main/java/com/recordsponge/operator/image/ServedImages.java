package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The history as last written, and as it is while the site serves. */
final class ServedImages {

    private ServedImages() {}

    static List<Deployed> of(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getStatus())
                .map(EnvironmentStatus::history)
                .map(history ->
                        history.stream().filter(ServedImages::isReadable).toList())
                .orElse(List.of());
    }

    /** Anybody who may write the status can have left half an entry. */
    private static boolean isReadable(Deployed image) {
        return image.digest() != null
                && image.tag() != null
                && Times.parse(image.readySince()).isPresent()
                && (image.readyUntil() == null
                        || Times.parse(image.readyUntil()).isPresent())
                && (image.steadySince() == null
                        || Times.parse(image.steadySince()).isPresent());
    }

    static List<Deployed> of(ReconciliationState state) {
        return of(state.environment());
    }

    /**
     * While the wanted image does not serve yet. An image that served after a rollback did so until now, when another one is
     * tried: Ready, which has been False since the rollback, does not show its end.
     */
    static List<Deployed> kept(ImagePlan plan, ReconciliationState state) {
        return wasRolledBack(state) && RollbackFinding.of(plan, state).isEmpty()
                ? ReleaseHistory.ended(of(state), state.now())
                : of(state);
    }

    /** Whether the site served an earlier image when the status was last written. */
    private static boolean wasRolledBack(ReconciliationState state) {
        return ready(state)
                .filter(ready -> Reason.ROLLED_BACK.toString().equals(ready.getReason()))
                .isPresent();
    }

    private static Optional<Condition> ready(ReconciliationState state) {
        return state.lastStatus().flatMap(status -> status.condition(ConditionType.READY));
    }

    /** With the image that serves now, if its digest is known. */
    static List<Deployed> of(ImagePlan plan, ReconciliationState state) {
        return plan.digest()
                .map(digest -> ReleaseHistory.serving(
                        of(state), digest, tag(plan), lost(plan, digest, state), state.now(), plan.historyLimit()))
                .orElseGet(() -> of(state));
    }

    /** The image as the spec names it; as it runs, if that is of another repository, which alone is known to have it. */
    private static String tag(ImagePlan plan) {
        var requested = plan.policyInput().requested();
        var image = plan.choice().image();
        return (image.isOfRepositoryOf(requested) ? requested : image).toString();
    }

    /** Since when the environment has not been Ready, unless it serves an earlier image, or did so until now. */
    private static Optional<Instant> lost(ImagePlan plan, String digest, ReconciliationState state) {
        var staysUnready = ReleaseHistory.isNewest(of(state), digest)
                && RollbackFinding.of(plan, state).isPresent();
        return ready(state)
                .filter(ready -> !staysUnready && !wasRolledBack(state) && !"True".equals(ready.getStatus()))
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
    }
}
