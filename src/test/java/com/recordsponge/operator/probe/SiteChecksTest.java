package com.recordsponge.operator.probe;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.MutableClock;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sites are asked in the background, at changes and then now and then; an environment hears only news. */
class SiteChecksTest {

    private static final SiteRequest REQUEST = request("recordsponge.test", "tls", "old");
    private static final SiteRequest OTHER_HOST = request("moved.test", "tls", "old");
    private static final SiteRequest OTHER_SECRET = request("recordsponge.test", "other-tls", "old");
    private static final SiteRequest RENEWED = request("recordsponge.test", "tls", "new");
    private static final RecordSpongeEnvironment SITE = environment().build();
    private static final RecordSpongeEnvironment OTHER =
            environment().named("other").build();
    private static final Optional<Revision> FIRST = Optional.of(new Revision("first", Duration.ZERO));
    private static final Optional<Revision> SECOND = Optional.of(new Revision("second", Duration.ZERO));
    private static final Optional<Revision> ROLLING_OUT = Optional.empty();
    private static final Optional<ProbeResult> NOTHING = Optional.empty();
    private static final ProbeResult ANSWER = ProbeResult.answered(REQUEST, "");
    private static final ProbeResult FAILURE = ProbeResult.failed(Reason.UNREACHABLE, "It does not answer.");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<SiteRequest> asked = new CopyOnWriteArrayList<>();
    private final List<ResourceID> triggered = new CopyOnWriteArrayList<>();
    private final List<Waiting> timers = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(1000);
    private volatile Supplier<ProbeResult> answer = () -> ANSWER;
    private volatile long random; // 0 and -1 result in the lowest and the highest number
    private SiteChecks checks;

    private record Waiting(Duration delay, Runnable action) {}

    private static SiteRequest request(String host, String secret, String fingerprint) {
        return new SiteRequest(
                host,
                Optional.of(new WantedCertificate(secret, fingerprint, "", false)),
                Optional.of("id"),
                false,
                host,
                "content");
    }

    @BeforeEach
    void startChecks() {
        checks = new SiteChecks(
                this::ask,
                clock,
                new DefaultSettings(),
                () -> random,
                (delay, action) -> timers.add(new Waiting(delay, action)));
        checks.setEventHandler((Event event) -> triggered.add(event.getRelatedCustomResourceID()));
        checks.start();
    }

    private ProbeResult ask(SiteRequest request) {
        asked.add(request);
        answers.acquireUninterruptibly();
        return answer.get();
    }

    private Optional<ProbeResult> answer(SiteRequest request, Optional<Revision> revision) {
        return checks.answer(SITE, request, revision, NOTHING);
    }

    /** Lets the site answer for the first time. */
    private void firstAnswer() {
        answer(REQUEST, FIRST);
        awaitTimers(1);
    }

    private void awaitTimers(int count) {
        await().untilAsserted(() -> assertThat(timers).hasSize(count));
    }

    /** Lets the time pass until the site is asked again, and waits for its answer. */
    private void askAgain() {
        var next = timers.getLast();
        var before = timers.size();
        clock.pass(next.delay());
        next.action().run();
        awaitTimers(before + 1);
    }

    @Test
    void theFirstAnswerTriggersAReconciliation() {
        answers.drainPermits();
        assertThat(answer(REQUEST, FIRST)).isEmpty();
        assertThat(triggered).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(triggered).hasSize(1));
        assertThat(answer(REQUEST, FIRST)).contains(ANSWER);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aSiteThatAnswersIsAskedEveryMinute() {
        firstAnswer();
        assertThat(timers.getLast().delay()).isEqualTo(Duration.ofMinutes(1));
        askAgain();
        assertThat(asked).hasSize(2);
    }

    @Test
    void notAllSitesAreAskedAtOnce() {
        random = -1;
        firstAnswer();
        assertThat(timers.getLast().delay()).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(49));
    }

    @Test
    void anEqualAnswerTriggersNothing() {
        firstAnswer();
        askAgain();
        askAgain();
        assertThat(asked).hasSize(3);
        assertThat(triggered).hasSize(1);
    }

    @Test
    void aFailureIsRepeatedSoonAndThenLessOften() {
        answer = () -> FAILURE;
        firstAnswer();
        for (var failures = 1; failures < 8; failures++) {
            askAgain();
        }
        assertThat(timers)
                .extracting(timer -> timer.delay().toMillis())
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aSiteThatWorksFailsAfterThreeFailuresOverFiveSeconds() {
        firstAnswer();
        answer = () -> FAILURE;
        askAgain(); // first failure
        askAgain(); // 0.5 s later
        askAgain(); // 1.5 s
        askAgain(); // 3.5 s
        assertThat(answer(REQUEST, FIRST)).contains(ANSWER);
        assertThat(triggered).hasSize(1);
        askAgain(); // 7.5 s
        assertThat(answer(REQUEST, FIRST)).contains(FAILURE);
        assertThat(triggered).hasSize(2);
    }

    @Test
    void anAnswerInBetweenForgivesFailures() {
        firstAnswer();
        for (var round = 0; round < 5; round++) {
            answer = () -> FAILURE;
            askAgain();
            askAgain();
            answer = () -> ANSWER;
            askAgain();
        }
        assertThat(answer(REQUEST, FIRST)).contains(ANSWER);
        assertThat(triggered).hasSize(1);
    }

    @Test
    void aSiteThatFailsRecoversWithOneAnswer() {
        answer = () -> FAILURE;
        firstAnswer();
        for (var failures = 1; failures < 5; failures++) {
            askAgain();
        }
        assertThat(answer(REQUEST, FIRST)).contains(FAILURE);
        answer = () -> ANSWER;
        askAgain();
        assertThat(answer(REQUEST, FIRST)).contains(ANSWER);
        assertThat(triggered).hasSize(2);
    }

    @Test
    void anAnswerCountsOnlyForItsHost() {
        firstAnswer();
        answers.drainPermits();
        assertThat(answer(OTHER_HOST, FIRST)).isEmpty();
        await().untilAsserted(() -> assertThat(asked).containsExactly(REQUEST, OTHER_HOST));
    }

    @Test
    void anAnswerCountsOnlyForItsSecret() {
        firstAnswer();
        answers.drainPermits();
        assertThat(answer(OTHER_SECRET, FIRST)).isEmpty();
    }

    @Test
    void anAnswerCountsOnlyForItsRevision() {
        firstAnswer();
        answers.drainPermits();
        assertThat(answer(REQUEST, SECOND)).isEmpty();
        await().untilAsserted(() -> assertThat(asked).hasSize(2));
    }

    @Test
    void aRevisionIsAskedOnceFormerPodsCanNoLongerAnswer() {
        firstAnswer();
        var settling = Optional.of(new Revision("second", Duration.ofSeconds(3)));
        var settled = Optional.of(new Revision("second", Duration.ZERO));
        assertThat(answer(REQUEST, settling)).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(timers.getLast().delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(answer(REQUEST, settled)).as("still the same wait").isEmpty();
        askAgain();
        assertThat(answer(REQUEST, settled)).contains(ANSWER);
    }

    @Test
    void theOldRevisionsAnswerCountsDuringARollout() {
        firstAnswer();
        assertThat(answer(REQUEST, ROLLING_OUT)).contains(ANSWER);
        assertThat(answer(REQUEST, FIRST)).contains(ANSWER);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerDuringTheRolloutDoesNotCountAfterIt() {
        answer(REQUEST, ROLLING_OUT);
        awaitTimers(1);
        answers.drainPermits();
        assertThat(answer(REQUEST, FIRST)).isEmpty();
    }

    @Test
    void theAnswerOfAFormerRequestIsDropped() {
        answers.drainPermits();
        answer(REQUEST, FIRST);
        await().untilAsserted(() -> assertThat(asked).hasSize(1));
        answer(OTHER_HOST, FIRST);
        await().untilAsserted(() -> assertThat(asked).hasSize(2));
        answer = () -> asked.size() == 2 ? ANSWER : FAILURE;
        answers.release(2);
        awaitTimers(1);
        assertThat(answer(OTHER_HOST, FIRST)).contains(ANSWER);
        assertThat(triggered).hasSize(1);
    }

    @Test
    void aRenewedCertificateIsLookedAtWithoutDoubtingTheSite() {
        firstAnswer();
        answers.drainPermits();
        assertThat(answer(RENEWED, FIRST)).contains(ANSWER);
        await().untilAsserted(() -> assertThat(asked).containsExactly(REQUEST, RENEWED));
    }

    @Test
    void aHostHasAnsweredOnlyIfItWasAsked() {
        firstAnswer();
        assertThat(checks.answered(SITE, "recordsponge.test")).isTrue();
        assertThat(checks.answered(SITE, "moved.test")).isFalse();
        assertThat(checks.answered(OTHER, "recordsponge.test")).isFalse();
        answer = () -> FAILURE;
        askAgain();
        assertThat(checks.answered(SITE, "recordsponge.test")).isFalse();
    }

    @Test
    void aRestartedOperatorKeepsWhatItReportedUntilTheFirstAnswer() {
        random = -1;
        assertThat(checks.answer(SITE, REQUEST, FIRST, Optional.of(ANSWER))).contains(ANSWER);
        assertThat(checks.answered(SITE, "recordsponge.test")).isFalse();
        assertThat(timers.getFirst().delay()).isBetween(Duration.ofSeconds(29), SiteChecks.SPREAD);
        askAgain();
        assertThat(triggered).hasSize(1);
        assertThat(checks.answered(SITE, "recordsponge.test")).isTrue();
    }

    @Test
    void whatWasReportedDoesNotCountForAnotherRevision() {
        random = -1;
        checks.answer(SITE, REQUEST, FIRST, Optional.of(ANSWER));
        answers.drainPermits();
        assertThat(checks.answer(SITE, REQUEST, SECOND, Optional.of(ANSWER))).isEmpty();
    }

    @Test
    void aDeletedEnvironmentIsAskedNoMore() {
        firstAnswer();
        checks.onResourceDeleted(SITE);
        timers.getLast().action().run();
        checks.answer(OTHER, REQUEST, FIRST, NOTHING); // a request started by the line above would be recorded by now
        awaitTimers(2);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aStoppedSiteIsAskedAnewWhenItIsWanted() {
        firstAnswer();
        checks.stop(SITE);
        answers.drainPermits();
        assertThat(answer(REQUEST, FIRST)).isEmpty();
        await().untilAsserted(() -> assertThat(asked).hasSize(2));
    }

    @Test
    void manySitesAreAskedFewAtATime() {
        answers.drainPermits();
        for (var index = 0; index < 100; index++) {
            checks.answer(environment().named("site-" + index).build(), REQUEST, FIRST, NOTHING);
        }
        await().untilAsserted(() -> assertThat(asked).hasSize(SiteChecks.LIMITS.atOnce()));
        answers.release(100);
        awaitTimers(100);
    }

    @Test
    void anExceptionIsAFailure() {
        answer = () -> {
            throw new IllegalStateException("a flaw of the operator");
        };
        firstAnswer();
        for (var failures = 1; failures < 5; failures++) {
            askAgain();
        }
        assertThat(answer(REQUEST, FIRST))
                .hasValueSatisfying(result -> assertThat(result.message()).doesNotContain("flaw"));
    }
}
