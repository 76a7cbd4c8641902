package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.registry.Credential;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.ImageReference;
import com.recordsponge.operator.registry.RegistryReply;
import com.recordsponge.operator.support.MutableClock;
import io.javaoperatorsdk.operator.processing.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registries are asked beside the reconciliations, once for all, and no more often than necessary. */
class ResolutionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String FIRST = "sha256:" + "1".repeat(64);
    private static final String SECOND = "sha256:" + "2".repeat(64);
    private static final RegistryReply REFUSED =
            RegistryReply.of(DigestAnswer.failure(Reason.REGISTRY_UNREACHABLE, "scripted"));

    /** Of a site whose pods wait for their digest. */
    private static final QueryTerms NEW = new QueryTerms(MINUTE, "mark", false, true);

    /** Of a site that follows its tag. */
    private static final QueryTerms SETTLED = new QueryTerms(MINUTE, "mark", true, false);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<DigestQuery> asked = new CopyOnWriteArrayList<>();
    private final List<String> triggered = new CopyOnWriteArrayList<>();
    private final List<Runnable> alarms = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(10_000);
    private volatile Function<DigestQuery, RegistryReply> registry = _ -> RegistryReply.of(DigestAnswer.found(FIRST));
    private volatile long random; // 0 and -1 result in the lowest and the highest number
    private Resolutions resolutions;

    @BeforeEach
    void start() {
        resolutions = new Resolutions(this::ask, clock, (_, task) -> alarms.add(task), () -> random);
        resolutions.setEventHandler((Event event) ->
                triggered.add(event.getRelatedCustomResourceID().getName()));
        resolutions.start();
    }

    private RegistryReply ask(DigestQuery question, Optional<RegistryReply> last) {
        asked.add(question);
        answers.acquireUninterruptibly();
        return registry.apply(question);
    }

    private static RecordSpongeEnvironment site(String name) {
        return environment().named(name).build();
    }

    private static DigestQuery question(String image) {
        return new DigestQuery(ImageReference.parse(image), List.of());
    }

    private Optional<DigestAnswer> answer(String site, String image) {
        return resolutions.answer(site(site), question(image), NEW);
    }

    /** Lets time pass, and the alarms of that time ring. */
    private void pass(Duration time) {
        clock.pass(time);
        var ringing = List.copyOf(alarms);
        alarms.removeAll(ringing);
        ringing.forEach(Runnable::run);
    }

    private void awaitQuestions(int count) {
        await().untilAsserted(() -> assertThat(asked).hasSize(count));
    }

    /** The same where a registry has more questions than at a time: the others wait for the end of one, and a moment more. */
    private void passUntilAsked(int count) {
        await().untilAsserted(() -> {
            pass(RegistryBudget.EACH);
            assertThat(asked).hasSize(count);
        });
    }

    private void awaitAnswer(String site, String image) {
        await().until(() -> answer(site, image).isPresent());
    }

    @Test
    void theFirstAnswerTriggersThoseWhoAsked() {
        answers.drainPermits();
        assertThat(answer("a", "app:one")).isEmpty();
        assertThat(answer("b", "app:one")).isEmpty();
        awaitQuestions(1);
        answers.release();
        await().untilAsserted(() -> assertThat(triggered).containsExactlyInAnyOrder("a", "b"));
        assertThat(answer("a", "app:one")).contains(DigestAnswer.found(FIRST));
        assertThat(asked).hasSize(1);
    }

    /** The registry sees one request for each tag and interval, however many environments use it. */
    @Test
    void twoHundredEnvironmentsOnFiveTagsAskFiveTimesPerInterval() {
        var permits = answers.drainPermits();
        for (var index = 0; index < 200; index++) {
            answer("site-" + index, "app:tag-" + index % 5);
        }
        answers.release(permits);
        passUntilAsked(5);
        await().untilAsserted(() -> assertThat(triggered).hasSize(200));
        triggered.clear();
        for (var interval = 1; interval <= 3; interval++) {
            pass(MINUTE);
            passUntilAsked(5 + 5 * interval);
            await().untilAsserted(() -> assertThat(alarms).isNotEmpty());
        }
        assertThat(triggered).isEmpty();
    }

    private static PushNotice push(String text) {
        return new PushNotice(Set.of(text));
    }

    /** Registries notify a moment before the tag has moved. */
    @Test
    void aPushIsAskedForAtOnce() {
        awaitAnswer("a", "example.org/app:one");
        resolutions.pushed(push("app:one"));
        pass(SharedQuery.PUSH_PAUSE);
        awaitQuestions(2);
        await().until(() -> !alarms.isEmpty());
        pass(SharedQuery.PUSH_PAUSE);
        awaitQuestions(3);
        await().until(() -> !alarms.isEmpty());
        pass(SharedQuery.PUSH_PAUSE);
        assertThat(asked).as("two questions at most").hasSize(3);
    }

    @Test
    void aPushThatIsFoundIsNotAskedForAgain() {
        awaitAnswer("a", "example.org/app:one");
        registry = _ -> RegistryReply.of(DigestAnswer.found(SECOND));
        triggered.clear();
        resolutions.pushed(push("app:one"));
        pass(SharedQuery.PUSH_PAUSE);
        await().untilAsserted(() -> assertThat(triggered).contains("a"));
        pass(SharedQuery.PUSH_PAUSE);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFloodOfNotificationsAsksOnceInAFewSeconds() {
        awaitAnswer("a", "example.org/app:one");
        for (var second = 0; second < 30; second++) {
            for (var index = 0; index < 100; index++) {
                resolutions.pushed(push("app:one"));
            }
            pass(Duration.ofSeconds(1));
            await().until(() -> !alarms.isEmpty());
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(1 + 30 / 3);
    }

    @Test
    void aPushOfAnotherImageAsksNothing() {
        awaitAnswer("a", "example.org/app:one");
        resolutions.pushed(push("app:two"));
        pass(SharedQuery.PUSH_PAUSE);
        assertThat(asked).hasSize(1);
    }

    /** Its event sources run, but it reconciles no environment. */
    @Test
    void aReplicaThatStandsByLeavesAPushToTheOthers() {
        assertThat(resolutions.pushed(push("app:one"))).isFalse();
        awaitAnswer("a", "example.org/app:one");
        assertThat(resolutions.pushed(push("app:one"))).isTrue();
    }

    @Test
    void anotherDigestTriggersOnlyItsEnvironments() {
        awaitAnswer("a", "app:one");
        awaitAnswer("b", "app:two");
        await().untilAsserted(() -> assertThat(triggered).hasSize(2));
        triggered.clear();
        registry = question -> RegistryReply.of(
                DigestAnswer.found(question.image().tagOrDigest().equals("one") ? SECOND : FIRST));
        pass(MINUTE);
        await().untilAsserted(() -> assertThat(triggered).containsExactly("a"));
        assertThat(answer("a", "app:one")).contains(DigestAnswer.found(SECOND));
    }

    @Test
    void aRegistryIsNotAskedBeforeTheIntervalEnds() {
        awaitAnswer("a", "app:one");
        pass(MINUTE.minusMillis(1));
        awaitAnswer("b", "app:two"); // a question of the line above would be recorded by now
        assertThat(asked).containsExactly(question("app:one"), question("app:two"));
    }

    @Test
    void theShortestIntervalOfThoseWhoAskCounts() {
        awaitAnswer("a", "app:one");
        resolutions.answer(site("b"), question("app:one"), new QueryTerms(Duration.ofSeconds(10), "mark", true, false));
        pass(Duration.ofSeconds(10));
        awaitQuestions(2);
    }

    @Test
    void intervalsAreSpread() {
        random = -1;
        awaitAnswer("a", "app:one");
        await().untilAsserted(() -> assertThat(alarms).isNotEmpty());
        pass(Duration.ofSeconds(49));
        awaitQuestions(2);
    }

    /** CI pushes, then applies: another environment has asked for the tag before. */
    @Test
    void aNewSiteGetsNoAnswerThatIsOlderThanItself() {
        awaitAnswer("a", "app:one");
        registry = _ -> RegistryReply.of(DigestAnswer.found(SECOND));
        clock.pass(MINUTE.dividedBy(2));
        assertThat(answer("b", "app:one")).isEmpty();
        await().untilAsserted(() -> assertThat(answer("b", "app:one")).contains(DigestAnswer.found(SECOND)));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aNewSiteGetsNoFailureThatIsOlderThanItself() {
        registry = _ -> REFUSED;
        awaitAnswer("a", "app:one");
        registry = _ -> RegistryReply.of(DigestAnswer.found(FIRST));
        clock.pass(Duration.ofSeconds(5));
        assertThat(answer("b", "app:one")).isEmpty();
        awaitQuestions(2);
        await().untilAsserted(() -> assertThat(answer("b", "app:one")).contains(DigestAnswer.found(FIRST)));
    }

    @Test
    void theSameAnswerTriggersThoseWhoWaitedForIt() {
        awaitAnswer("a", "app:one");
        clock.pass(MINUTE.dividedBy(2));
        triggered.clear();
        assertThat(answer("b", "app:one")).isEmpty();
        await().untilAsserted(() -> assertThat(triggered).containsExactly("b"));
    }

    @Test
    void aSiteThatFollowsTheTagIsToldWhatIsKnown() {
        awaitAnswer("a", "app:one");
        clock.pass(MINUTE.dividedBy(2));
        assertThat(resolutions.answer(site("b"), question("app:one"), SETTLED)).contains(DigestAnswer.found(FIRST));
        assertThat(asked).hasSize(1);
    }

    /** Pinned after Track, say: pods run, and nothing waits. */
    @Test
    void anEditedReleaseGetsNoAnswerThatIsOlderThanTheEdit() {
        awaitAnswer("a", "app:one");
        registry = _ -> RegistryReply.of(DigestAnswer.found(SECOND));
        clock.pass(MINUTE.dividedBy(2));
        var edited = new QueryTerms(MINUTE, "other mark", false, false);
        assertThat(resolutions.answer(site("a"), question("app:one"), edited)).isEmpty();
        await().untilAsserted(() -> assertThat(resolutions.answer(site("a"), question("app:one"), edited))
                .contains(DigestAnswer.found(SECOND)));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aQuestionThatIsRunningIsTooOldForANewSite() {
        answers.drainPermits();
        answer("a", "app:one");
        awaitQuestions(1);
        clock.pass(Duration.ofMillis(100));
        assertThat(answer("b", "app:one")).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(triggered).containsExactly("a"));
        assertThat(answer("b", "app:one")).isEmpty();
        answers.release();
        pass(SharedQuery.FRESH_PAUSE);
        awaitQuestions(2);
        await().untilAsserted(() -> assertThat(triggered).containsExactly("a", "b"));
    }

    @Test
    void manyNewSitesAskOnceInASecond() {
        awaitAnswer("a", "app:one");
        for (var index = 0; index < 50; index++) {
            pass(Duration.ofMillis(100));
            answer("site-" + index, "app:one");
            await().until(() -> !alarms.isEmpty());
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(1 + 6);
    }

    @Test
    void otherCredentialsAreAnotherQuestion() {
        awaitAnswer("a", "app:one");
        var withUser = new DigestQuery(ImageReference.parse("app:one"), new Credential("me", "pass", ""));
        assertThat(resolutions.answer(site("b"), withUser, NEW)).isEmpty();
        awaitQuestions(2);
    }

    @Test
    void nobodyAsksForAnImageThatNoEnvironmentUses() {
        awaitAnswer("a", "app:one");
        awaitAnswer("a", "app:two");
        awaitAnswer("b", "app:three");
        resolutions.release(site("b"));
        resolutions.onResourceDeleted(site("unknown"));
        asked.clear();
        pass(MINUTE);
        awaitQuestions(1);
        assertThat(asked).containsExactly(question("app:two"));
    }

    @Test
    void aFailureIsRetriedSoonThenLessOften() {
        registry = _ -> REFUSED;
        awaitAnswer("a", "app:one");
        var retries = new ArrayList<Integer>();
        for (var seconds : new int[] {10, 20, 40, 80, 160, 300, 300}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            retries.add(asked.size());
            pass(Duration.ofMillis(1));
            var expected = retries.size() + 1;
            awaitQuestions(expected);
            await().untilAsserted(() -> assertThat(alarms).isNotEmpty());
        }
        assertThat(retries).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(triggered).as("the same failure is no news").containsExactly("a");
    }

    private void limit() {
        registry = question -> question.image().registry().equals("limited.test")
                ? new RegistryReply(
                        DigestAnswer.failure(Reason.REGISTRY_LIMIT, "limited"),
                        Optional.empty(),
                        Optional.of(Duration.ofMinutes(3)))
                : RegistryReply.of(DigestAnswer.found(FIRST));
        awaitAnswer("a", "limited.test/app:one");
    }

    @Test
    void aQuestionThatWasNotAskedForALimitSaysUntilWhen() {
        limit();
        assertThat(answer("b", "limited.test/app:two")).isEmpty();
        clock.pass(Digests.PATIENCE);
        assertThat(answer("b", "limited.test/app:two")).hasValueSatisfying(late -> {
            assertThat(late.reason()).isEqualTo(Reason.REGISTRY_LIMIT);
            assertThat(late.message()).contains("limited.test", "until 2026-01-01T00:03:00Z");
        });
        assertThat(limited()).containsExactly("one");
    }

    @Test
    void retryAfterHoldsForAllOfThatRegistry() {
        limit();
        answer("b", "limited.test/app:two");
        awaitAnswer("c", "other.test/app:one");
        pass(Duration.ofMinutes(3).minusMillis(1));
        awaitAnswer("d", "other.test/app:two");
        assertThat(limited()).containsExactly("one");
        pass(Duration.ofMillis(1));
        await().untilAsserted(() -> assertThat(limited()).contains("two"));
    }

    private List<String> limited() {
        return asked.stream()
                .filter(question -> question.image().registry().equals("limited.test"))
                .map(question -> question.image().tagOrDigest())
                .toList();
    }

    @Test
    void noNewPodWaitsForARegistryThatHangs() {
        answers.drainPermits();
        assertThat(answer("a", "app:one")).isEmpty();
        clock.pass(Digests.PATIENCE);
        assertThat(answer("a", "app:one"))
                .hasValueSatisfying(late -> assertThat(late.reason()).isEqualTo(Reason.REGISTRY_UNREACHABLE));
        assertThat(resolutions.answer(site("a"), question("app:one"), SETTLED))
                .as("pods that run wait for nothing")
                .isEmpty();
    }

    @Test
    void aRegistryGetsFourQuestionsAtATime() {
        answers.drainPermits();
        for (var index = 0; index < 20; index++) {
            answer("site-" + index, "app:tag-" + index);
        }
        awaitQuestions(RegistryBudget.AT_ONCE);
        answer("other", "other.test/app:a");
        awaitQuestions(RegistryBudget.AT_ONCE + 1);
        answers.release(1);
        await().untilAsserted(() -> assertThat(triggered).hasSize(1));
        pass(RegistryBudget.EACH);
        awaitQuestions(RegistryBudget.AT_ONCE + 2);
    }

    @Test
    void aRegistryHasABudget() {
        var tags = RegistryBudget.BURST + 40;
        for (var index = 0; index < tags; index++) {
            var site = "site-" + index;
            answer(site, "app:tag-" + index);
            if (index < RegistryBudget.BURST) {
                await().until(() -> triggered.contains(site));
            }
        }
        assertThat(asked).hasSize(RegistryBudget.BURST);
        pass(RegistryBudget.EACH.multipliedBy(2));
        awaitQuestions(RegistryBudget.BURST + 2);
    }

    @Test
    void aRestartedOperatorSpreadsQuestionsThatNoPodWaitsFor() {
        random = -1;
        assertThat(resolutions.answer(site("a"), question("app:one"), SETTLED)).isEmpty();
        awaitAnswer("b", "app:two");
        assertThat(asked).containsExactly(question("app:two"));
        pass(Resolutions.SPREAD);
        awaitQuestions(2);
    }

    @Test
    void anExceptionIsReportedWithoutItsMessage() {
        registry = _ -> {
            throw new IllegalStateException("with the password pa55word in it");
        };
        awaitAnswer("a", "app:one");
        assertThat(answer("a", "app:one").orElseThrow().message())
                .contains("operator's log")
                .doesNotContain("pa55word");
    }

    @Test
    void everyEnvironmentIsAnsweredEventually() {
        Set<String> sites = new TreeSet<>();
        for (var index = 0; index < 100; index++) {
            sites.add("site-" + index);
            answer("site-" + index, "app:tag-" + index);
        }
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(new TreeSet<>(triggered)).isEqualTo(sites);
        });
    }
}
