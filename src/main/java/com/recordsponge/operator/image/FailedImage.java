package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.OneLine;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Finds out whether the image that runs has failed, so that the operator returns to the last good one. */
final class FailedImage {

    /** One crash is no crash loop: the pod gets this time to recover. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> CRASHES =
            Set.of(Reason.CRASH_LOOP_BACK_OFF.toString(), Reason.OOM_KILLED.toString());

    private static final int LONGEST_REASON = 300;

    private FailedImage() {}

    /** The present image, if it has failed and there is a better one. */
    static Optional<BadImage> find(ImagePlan plan, ReconciliationState state) {
        return onTrial(plan, state)
                .filter(digest ->
                        (missedDeadline(plan, digest, state) && failure(state).isPresent() && isToBlame(plan, state))
                                || crashLoop(plan, digest, state)
                                        .filter(due -> !state.now().isBefore(due))
                                        .isPresent())
                .map(digest -> new BadImage(digest, reason(state)));
    }

    /** When to look again at a failure that has just begun; not positive if it is due already. */
    static Optional<Duration> recheck(ImagePlan plan, ReconciliationState state) {
        return onTrial(plan, state)
                .flatMap(digest -> missedDeadline(plan, digest, state)
                        ? untilBlamed(plan, state)
                        : crashLoop(plan, digest, state).map(due -> Duration.between(state.now(), due)));
    }

    /** The digest of the template, if it can be to blame and there is something to return to. */
    private static Optional<String> onTrial(ImagePlan plan, ReconciliationState state) {
        return plan.choice()
                .image()
                .digest()
                .filter(_ -> !state.plan().suspended())
                .filter(digest -> isReported(digest, state))
                .filter(digest -> !ReleaseHistory.isProven(ServedImages.of(state), digest))
                .filter(digest -> plan.rules().canLeave(digest));
    }

    /** Whether what was last reported about the pods is about this image's: the status after a return has another's failure. */
    private static boolean isReported(String digest, ReconciliationState state) {
        return state.lastStatus()
                .map(EnvironmentStatus::image)
                .filter(image -> digest.equals(image.digest()))
                .isPresent();
    }

    /** An image that served until now does not fail because something else in the spec does. */
    private static boolean missedDeadline(ImagePlan plan, String digest, ReconciliationState state) {
        return !ReleaseHistory.isNewest(ServedImages.of(state), digest)
                && deployment(plan, state).filter(Rollouts::hasMissedDeadline).isPresent();
    }

    private static Optional<Deployment> deployment(ImagePlan plan, ReconciliationState state) {
        return state.owned()
                .named(Deployment.class, state.plan().name())
                .filter(deployment -> hasImage(deployment, plan.podImage()));
    }

    private static boolean isToBlame(ImagePlan plan, ReconciliationState state) {
        return untilBlamed(plan, state).filter(Duration::isZero).isPresent();
    }

    /** Empty while it is not to blame: the Deployment controller also counts the time in which no image could be pulled. */
    private static Optional<Duration> untilBlamed(ImagePlan plan, ReconciliationState state) {
        var reported = failure(state);
        if (reported.filter(FailedImage::isInnocent).isPresent()) {
            return timeLeft(plan, state);
        }
        return reported.filter(FailedImage::isUnexplained)
                .flatMap(_ -> timeLeft(plan, state))
                .or(() -> Optional.of(Duration.ZERO));
    }

    /** Whether its pods only do not become ready. */
    private static boolean isUnexplained(Condition condition) {
        return Reason.PROGRESS_DEADLINE_EXCEEDED.toString().equals(condition.getReason());
    }

    /** What is left of the progress deadline, counted from when the image ran; empty if nothing. */
    private static Optional<Duration> timeLeft(ImagePlan plan, ReconciliationState state) {
        return deployment(plan, state)
                .map(deployment -> deployment.getSpec().getProgressDeadlineSeconds())
                .flatMap(seconds -> RunningSince.of(plan.podImage(), state)
                        .map(since -> Duration.between(state.now(), since.plusSeconds(seconds))))
                .filter(Duration::isPositive);
    }

    /** Whether any image would fail like this. */
    private static boolean isInnocent(Condition condition) {
        return !isUnexplained(condition)
                && PodFailureCause.told(condition)
                        .filter(PodFailureCause::blamesImage)
                        .isEmpty();
    }

    /** What the status says is wrong with the pods, not that they are starting: those words are kept. */
    private static Optional<Condition> failure(ReconciliationState state) {
        return workload(state)
                .filter(condition -> !Reason.ROLLING_OUT.toString().equals(condition.getReason()));
    }

    private static boolean hasImage(Deployment deployment, String image) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> image.equals(container.getImage()));
    }

    /**
     * When crashes of an image that has just become Ready are a loop: at the second one, or when the pods do not recover from
     * the first. While another template with it rolls out, the crashing pods have other settings than those that were Ready.
     */
    private static Optional<Instant> crashLoop(ImagePlan plan, String digest, ReconciliationState state) {
        if (deployment(plan, state).filter(Rollouts::hasCompleted).isEmpty()) {
            return Optional.empty();
        }
        var crash = workload(state).filter(condition -> CRASHES.contains(condition.getReason()));
        return ServedImages.of(state).stream()
                .findFirst()
                .filter(newest -> newest.digest().equals(digest))
                .map(newest -> Instant.parse(newest.readySince()))
                .flatMap(ready -> crash.flatMap(condition ->
                        RepeatedCrash.of(plan.podImage(), ready, state).or(() -> lasting(condition, ready))));
    }

    private static Optional<Instant> lasting(Condition crash, Instant ready) {
        return Optional.of(Instant.parse(crash.getLastTransitionTime()))
                .filter(began -> !began.isBefore(ready) && began.isBefore(ready.plus(ReleaseHistory.TRIAL)))
                .map(began -> began.plus(PATIENCE));
    }

    /** What was last reported about the pods, if they are not available. */
    private static Optional<Condition> workload(ReconciliationState state) {
        return state.lastCondition(WORKLOAD.condition()).filter(condition -> "False".equals(condition.getStatus()));
    }

    private static String reason(ReconciliationState state) {
        return workload(state)
                .map(condition -> "%s: %s".formatted(condition.getReason(), condition.getMessage()))
                .map(words -> OneLine.cut(OneLine.of(words), LONGEST_REASON, "…"))
                .orElseThrow();
    }
}
