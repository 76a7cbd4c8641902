package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.ReconciliationState;
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
                .orElse(List.of());
    }

    static List<Deployed> of(ReconciliationState state) {
        return of(state.environment());
    }

    /** With the image that serves now, if its digest is known. */
    static List<Deployed> of(ImagePlan plan, ReconciliationState state) {
        return plan.digest()
                .map(digest -> ReleaseHistory.serving(
                        of(state),
                        digest,
                        plan.situation().requested().toString(),
                        lost(plan, digest, state),
                        state.now(),
                        plan.historyLimit()))
                .orElseGet(() -> of(state));
    }

    /** Since when the environment has not been Ready, unless it serves an earlier image and stays so. */
    private static Optional<Instant> lost(ImagePlan plan, String digest, ReconciliationState state) {
        var staysUnready = ReleaseHistory.isNewest(of(state), digest)
                && RollbackFinding.of(plan, state).isPresent();
        return state.lastStatus()
                .flatMap(status -> status.condition(ConditionType.READY))
                .filter(ready -> !staysUnready && !"True".equals(ready.getStatus()))
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
    }
}
