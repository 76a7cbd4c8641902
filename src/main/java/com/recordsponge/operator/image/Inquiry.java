package com.recordsponge.operator.image;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One question, whoever asks it. {@link Resolutions} guards it.
 *
 * @param <A> what identifies who asks
 */
final class Inquiry<A> {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    /** Registries notify a moment before the tag names the new image. */
    static final Duration AFTER_PUSH = Duration.ofMillis(250);

    /** The least time between two questions because of notifications. */
    static final Duration PUSH_PAUSE = Duration.ofSeconds(3);

    /** Questions after a notification: the first answer can still be the old one. */
    private static final int PER_PUSH = 2;

    final Question question;

    /** The environments that ask it, with the intervals that they want. */
    final Map<A, Duration> askers = new HashMap<>();

    /** The newest reply; empty until the first has arrived. */
    Optional<Reply> reply = Optional.empty();

    /** Whether the registry is being asked. */
    boolean running;

    /** When it was first asked for. */
    final Instant since;

    /** When to ask again. */
    Instant due;

    private int failures;
    private Instant asked = Instant.MIN;

    /** Questions that are left because of a notification. */
    private int pushQuestions;

    Inquiry(Question question, Instant since, Instant due) {
        this.question = question;
        this.since = since;
        this.due = due;
    }

    Optional<Answer> answer() {
        return reply.map(Reply::answer);
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
     * Keeps a reply; returns whether its answer is news.
     *
     * @param shorten makes the time until the next question random
     */
    boolean end(Reply newest, Instant now, UnaryOperator<Duration> shorten) {
        var news = !answer().equals(Optional.of(newest.answer()));
        if (news && pushQuestions < PER_PUSH) {
            pushQuestions = 0;
        }
        reply = Optional.of(newest);
        failures = newest.answer().digest().isPresent() ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
        running = false;
        due = pushQuestions > 0 ? afterPush(now) : now.plus(shorten.apply(pause()));
        return news;
    }

    /** How long to wait after the newest reply: after a failure first shorter, then longer than the interval. */
    Duration pause() {
        var interval = askers.values().stream().min(Duration::compareTo).orElse(LONGEST_RETRY);
        if (failures == 0) {
            return interval;
        }
        var retry = FIRST_RETRY.multipliedBy(1L << failures - 1);
        var longest = interval.compareTo(LONGEST_RETRY) > 0 ? interval : LONGEST_RETRY;
        return retry.compareTo(longest) < 0 ? retry : longest;
    }
}
