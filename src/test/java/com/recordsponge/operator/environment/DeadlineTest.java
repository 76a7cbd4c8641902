package com.recordsponge.operator.environment;

import static com.recordsponge.operator.environment.Story.AVAILABLE;
import static com.recordsponge.operator.environment.Story.AWAITING_PROMOTION;
import static com.recordsponge.operator.environment.Story.BEGIN;
import static com.recordsponge.operator.environment.Story.DATABASE_READY;
import static com.recordsponge.operator.environment.Story.DATABASE_REFUSES;
import static com.recordsponge.operator.environment.Story.DATABASE_UNREACHABLE;
import static com.recordsponge.operator.environment.Story.IMAGE_FOUND;
import static com.recordsponge.operator.environment.Story.ISSUED;
import static com.recordsponge.operator.environment.Story.ISSUING;
import static com.recordsponge.operator.environment.Story.NOT_DEPLOYED;
import static com.recordsponge.operator.environment.Story.ROLLING_OUT;
import static com.recordsponge.operator.environment.Story.ROUTED;
import static com.recordsponge.operator.environment.Story.UNANSWERED;
import static com.recordsponge.operator.environment.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When Reconciling becomes Stalled, at which kstatus and Argo CD report a failure. */
class DeadlineTest {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Finding ROLLOUT_FAILED =
            new Finding(Component.WORKLOAD, "False", Reason.IMAGE_PULL_BACK_OFF, "cannot pull.", Finding.Kind.GAVE_UP);

    private static Story refused() {
        return story().found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
    }

    private static void assertReconciling(Story story) {
        assertThat(story.reported("Reconciling")).startsWith("True");
        assertThat(story.reported("Stalled")).startsWith("False");
    }

    private static void assertStalled(Story story, String reason) {
        assertThat(story.reported("Reconciling")).startsWith("False");
        assertThat(story.reported("Stalled")).isEqualTo("True " + reason);
        assertThat(story.reported("Ready")).isEqualTo("False " + reason);
        assertThat(story.recheck()).isEmpty();
    }

    private static Story refusedPastTheDeadline() {
        return refused().after(DEADLINE).found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
    }

    @Test
    void aFailureIsReconcilingUntilTheDeadline() {
        var story = refused();
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
        story.after(DEADLINE.minus(SECOND)).found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(SECOND);
    }

    @Test
    void aFailureIsStalledAtTheDeadline() {
        assertStalled(refusedPastTheDeadline(), "AuthenticationFailed");
    }

    @Test
    void waitingIsStalledAtTheDeadline() {
        var story = story().found(AVAILABLE, ROUTED, ISSUING).after(DEADLINE).found(AVAILABLE, ROUTED, ISSUING);
        assertStalled(story, "Issuing");
    }

    @Test
    void theDeadlineOfTheSpecApplies() {
        var story = story().edited("progressDeadline", "90s").found(DATABASE_REFUSES, ROLLING_OUT);
        assertThat(story.recheck()).contains(Duration.ofSeconds(90));
        assertStalled(story.after(Duration.ofSeconds(90)).found(DATABASE_REFUSES, ROLLING_OUT), "AuthenticationFailed");
    }

    @Test
    void anotherReasonDoesNotExtendTheDeadline() {
        var story = refused().after(DEADLINE.minus(SECOND)).found(DATABASE_UNREACHABLE, ROLLING_OUT, ROUTED, ISSUED);
        assertThat(story.recheck()).contains(SECOND);
    }

    @Test
    void aRunningSiteHasTheFullDeadlineWhenItFails() {
        var story = story().found(DATABASE_READY, AVAILABLE, ROUTED)
                .after(Duration.ofDays(30))
                .found(DATABASE_REFUSES, AVAILABLE);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
    }

    @Test
    void anEnvironmentStaysStalledForTheSameReason() {
        var story = refusedPastTheDeadline();
        var stalled = story.status();
        assertThat(story.after(Duration.ofHours(1))
                        .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED)
                        .status())
                .isEqualTo(stalled);
    }

    @Test
    void anotherReasonRestartsAStalledDeadline() {
        var story = refusedPastTheDeadline().after(MINUTE).found(DATABASE_UNREACHABLE, ROLLING_OUT, ROUTED, ISSUED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
    }

    @Test
    void aStalledEnvironmentRecovers() {
        var story = refusedPastTheDeadline().after(MINUTE).found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED);
        assertThat(story.reported("Ready")).isEqualTo("True Running");
        assertThat(story.reported("Stalled")).startsWith("False");
    }

    @Test
    void anEditRestartsAStalledDeadline() {
        var story = refusedPastTheDeadline()
                .after(MINUTE)
                .edited("replicas", "2")
                .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
    }

    /** The transition time of Reconciling precedes the edit, so it cannot time the new attempt. */
    @Test
    void anEditRestartsARunningDeadline() {
        var story = refused()
                .after(DEADLINE.minus(MINUTE))
                .edited("replicas", "2")
                .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED)
                .after(MINUTE.multipliedBy(2))
                .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
        assertReconciling(story);
        assertThat(story.since("Reconciling")).isEqualTo(BEGIN);
        assertThat(story.recheck()).contains(DEADLINE.minus(MINUTE.multipliedBy(2)));
        assertStalled(
                story.after(MINUTE.multipliedBy(3)).found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED),
                "AuthenticationFailed");
    }

    /** The Deployment controller tracks progress: a rollout of many pods may exceed the deadline. */
    @Test
    void theOperatorDoesNotTimeARollout() {
        var story = story().found(DATABASE_READY, ROLLING_OUT)
                .after(DEADLINE.multipliedBy(3))
                .found(DATABASE_READY, ROLLING_OUT);
        assertReconciling(story);
        assertThat(story.recheck()).isEmpty();
    }

    @Test
    void whatFollowsARolloutHasTheFullDeadline() {
        var story = story().found(DATABASE_READY, ROLLING_OUT, UNANSWERED)
                .after(DEADLINE.multipliedBy(3))
                .rolledOut()
                .found(DATABASE_READY, AVAILABLE, UNANSWERED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
        story.after(MINUTE).found(DATABASE_READY, AVAILABLE, UNANSWERED);
        assertThat(story.recheck()).contains(DEADLINE.minus(MINUTE));
        assertStalled(story.after(DEADLINE.minus(MINUTE)).found(DATABASE_READY, AVAILABLE, UNANSWERED), "Pending");
    }

    @Test
    void whatFollowsAPromotionHasTheFullDeadline() {
        var story = story().found(DATABASE_READY, AWAITING_PROMOTION, NOT_DEPLOYED)
                .after(Duration.ofHours(24))
                .found(DATABASE_READY, IMAGE_FOUND, NOT_DEPLOYED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
        story.after(MINUTE).found(DATABASE_READY, IMAGE_FOUND, NOT_DEPLOYED);
        assertThat(story.recheck()).contains(DEADLINE.minus(MINUTE));
    }

    @Test
    void aFailureDuringTheWaitForAPromotionHasTheFullDeadline() {
        var story = story().found(DATABASE_READY, AWAITING_PROMOTION, NOT_DEPLOYED)
                .after(Duration.ofHours(23))
                .found(DATABASE_UNREACHABLE, AWAITING_PROMOTION, NOT_DEPLOYED);
        assertReconciling(story);
        assertThat(story.recheck()).contains(DEADLINE);
        assertStalled(
                story.after(DEADLINE).found(DATABASE_UNREACHABLE, AWAITING_PROMOTION, NOT_DEPLOYED),
                "ConnectionTimeout");
    }

    @Test
    void podsThatFailAgainAndAgainDoNotExtendTheDeadline() {
        var crashing = Finding.failing(Component.WORKLOAD, Reason.CRASH_LOOP_BACK_OFF, "exits.");
        var story = story().rolledOut()
                .found(DATABASE_READY, AVAILABLE, UNANSWERED)
                .after(MINUTE)
                .found(DATABASE_READY, crashing, UNANSWERED)
                .after(MINUTE)
                .found(DATABASE_READY, AVAILABLE, UNANSWERED);
        assertThat(story.recheck()).contains(DEADLINE.minus(MINUTE.multipliedBy(2)));
    }

    /** The Deployment controller stops its timer when a rollout is complete. */
    @Test
    void theOperatorTimesPodsThatFailAfterARollout() {
        var crashing = Finding.failing(Component.WORKLOAD, Reason.CRASH_LOOP_BACK_OFF, "exits.");
        var story = story().found(DATABASE_READY, crashing);
        assertThat(story.recheck()).contains(DEADLINE);
        assertStalled(story.after(DEADLINE).found(DATABASE_READY, crashing), "CrashLoopBackOff");
    }

    @Test
    void aFailedRolloutIsStalledImmediately() {
        assertStalled(story().found(DATABASE_READY, ROLLOUT_FAILED), "ImagePullBackOff");
    }

    @Test
    void theOperatorTimesAWaitForASecret() {
        var missing = Finding.failing(Component.WORKLOAD, Reason.SECRET_NOT_FOUND, "Secret app does not exist.");
        var story =
                story().edited("sessionKeySecretRef", "{name: app, key: KEY}").found(missing);
        assertThat(story.recheck()).contains(DEADLINE);
        assertStalled(story.after(DEADLINE).found(missing), "SecretNotFound");
    }
}
