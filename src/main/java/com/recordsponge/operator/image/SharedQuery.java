package com.recordsponge.operator.image;

import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.RegistryReply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One question, whoever asks it. {@link Resolutions} guards it.
 *
 * @param <A> what identifies who asks
 */
final class SharedQuery<A> {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    /** Registries notify a moment before the tag names the new image. */
    static final Duration AFTER_PUSH = Duration.ofMillis(250);

    /** The least time between two questions because of notifications. */
    static final Duration PUSH_PAUSE = Duration.ofSeconds(3);

    /** The least time between two questions because of environments that need an answer newer than their spec. */
    static final Duration FRESH_PAUSE = Duration.ofSeconds(1);

    /** Questions after a notification: the first answer can still be the old one. */
    private static final int PER_PUSH = 2;

    final DigestQuery question;

    /** The environments that ask it. */
    final Map<A, Asker> askers = new HashMap<>();

    /** The newest reply; empty until the first has arrived. */
    Optional<RegistryReply> reply = Optional.empty();

    /** When the registry was asked for the newest reply. */
    private Instant replyAsked = Instant.MIN;

    /** Whether the registry is being asked. */
    boolean running;

    /** When to ask again. */
    Instant due;

    private int failures;
    private Instant asked = Instant.MIN;

    /** Questions that are left because of a notification. */
    private int pushQuestions;

    SharedQuery(DigestQuery question, Instant due) {
        this.question = question;
        this.due = due;
    }

    /**
     * An environment that asks.
     *
     * @param since when it began to, or when its release was edited
     */
    record Asker(QueryTerms terms, Instant since) {

        boolean accepts(Instant asked) {
            return terms.settled() || !asked.isBefore(since);
        }
    }

    /** Adds an environment, or what it needs now; returns whether its interval is another than before. */
    boolean join(A environment, QueryTerms terms, Instant now) {
        var before = Optional.ofNullable(askers.get(environment));
        var since = before.filter(asker -> asker.terms().release().equals(terms.release()))
                .map(Asker::since)
                .orElse(now);
        askers.put(environment, new Asker(terms, since));
        return before.filter(asker -> asker.terms().interval().equals(terms.interval()))
                .isEmpty();
    }

    /** The newest answer, if it is new enough for an environment that asks. */
    Optional<DigestAnswer> answer(A environment) {
        return answer().filter(_ -> askers.get(environment).accepts(replyAsked));
    }

    private Optional<DigestAnswer> answer() {
        return reply.map(RegistryReply::answer);
    }

    /** The next question is due no later than this, though not at once after the one before. */
    void askBy(Instant time) {
        var permitted = asked.equals(Instant.MIN) ? time : asked.plus(FRESH_PAUSE);
        var next = permitted.isAfter(time) ? permitted : time;
        due = next.isBefore(due) ? next : due;
    }

    boolean isDue(Instant now) {
        return !running && !now.isBefore(due);
    }

    void start(Instant now) {
        running = true;
        asked = now;
        pushQuestions = Math.max(0, pushQuestions - 1);
    }

    /** The image may have been pushed. */
    void pushed(Instant now) {
        pushQuestions = PER_PUSH;
        var soon = afterPush(now);
        due = soon.isBefore(due) ? soon : due;
    }

    private Instant afterPush(Instant now) {
        var soon = now.plus(AFTER_PUSH);
        var permitted = asked.equals(Instant.MIN) ? soon : asked.plus(PUSH_PAUSE);
        return permitted.isAfter(soon) ? permitted : soon;
    }

    /**
     * Keeps a reply; returns the environments for which its answer is news.
     *
     * @param shorten makes the time until the next question random
     */
    List<A> end(RegistryReply newest, Instant now, UnaryOperator<Duration> shorten) {
        var news = !answer().equals(Optional.of(newest.answer()));
        var before = replyAsked;
        if (news && pushQuestions < PER_PUSH) {
            pushQuestions = 0;
        }
        reply = Optional.of(newest);
        replyAsked = asked;
        failures = newest.answer().digest().isPresent() ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
        running = false;
        due = pushQuestions > 0 ? afterPush(now) : now.plus(shorten.apply(pause()));
        if (askers.values().stream().anyMatch(asker -> !asker.accepts(replyAsked))) {
            askBy(now);
        }
        return askers.entrySet().stream()
                .filter(asker -> asker.getValue().accepts(replyAsked))
                .filter(asker -> news || !asker.getValue().accepts(before))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How long to wait after the newest reply: after a failure first shorter, then longer than the interval. */
    Duration pause() {
        var interval = askers.values().stream()
                .map(asker -> asker.terms().interval())
                .min(Duration::compareTo)
                .orElse(LONGEST_RETRY);
        if (failures == 0) {
            return interval;
        }
        var retry = FIRST_RETRY.multipliedBy(1L << failures - 1);
        var longest = interval.compareTo(LONGEST_RETRY) > 0 ? interval : LONGEST_RETRY;
        return retry.compareTo(longest) < 0 ? retry : longest;
    }
}
