package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Hold;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.registry.DigestAnswer;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the status says of images that do not run although the policy chose them. */
final class ReleaseStatus {

    private ReleaseStatus() {}

    /** Null if there is nothing to say. */
    static Release of(ImagePlan plan, ReconciliationState state) {
        var bad = Stream.concat(FailedImage.find(plan, state).stream(), plan.rules().bad().stream())
                .limit(plan.historyLimit())
                .toList();
        var hold = hold(plan, bad, state).orElse(null);
        var candidate = plan.promotion().flatMap(Promotion::candidate).orElse(null);
        var retried = RequestAnnotation.RETRY.of(state.environment()).orElse(null);
        return candidate == null && hold == null && bad.isEmpty() && retried == null
                ? null
                : new Release(candidate, hold, bad.isEmpty() ? null : bad, retried);
    }

    private static Optional<Hold> hold(ImagePlan plan, List<BadImage> bad, ReconciliationState state) {
        var candidate = plan.candidate().image().digest().filter(_ -> plan.isHeld());
        return plan.rules()
                .rollbackTo()
                .map(_ -> "spec.release.rollbackTo is set")
                .or(() -> plan.rules().hold())
                .map(reason -> new Hold(candidate.orElse(null), reason, null))
                .or(() -> failed(plan, bad))
                .or(() -> unanswered(plan, state))
                .map(hold -> new Hold(hold.digest(), hold.reason(), since(hold, state)));
    }

    /** The policy's choice, if it has failed. */
    private static Optional<Hold> failed(ImagePlan plan, List<BadImage> bad) {
        return bad.stream()
                .filter(_ -> plan.isHeld())
                .filter(image -> plan.candidate().image().digest().equals(Optional.of(image.digest())))
                .findFirst()
                .map(image -> new Hold(image.digest(), image.reason(), null));
    }

    /** A restarted operator keeps what it last reported until the registry has answered. */
    private static Optional<Hold> unanswered(ImagePlan plan, ReconciliationState state) {
        return last(state)
                .filter(hold -> plan.question().isPresent()
                        && plan.policyInput()
                                .answer()
                                .flatMap(DigestAnswer::digest)
                                .isEmpty()
                        && hold.digest() != null
                        && plan.rules().isBad(hold.digest()));
    }

    private static String since(Hold hold, ReconciliationState state) {
        return last(state)
                .filter(before -> hold.reason().equals(before.reason()))
                .map(Hold::since)
                .orElseGet(() -> state.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static Optional<Hold> last(ReconciliationState state) {
        return state.lastStatus().map(EnvironmentStatus::release).map(Release::hold);
    }
}
