package com.recordsponge.operator.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Caches answers of the API server. Environments that need one at the same time share one request.
 *
 * @param <Q> the questions
 * @param <A> the answers
 */
public final class RememberedAnswers<Q, A> {

    private final Clock clock;
    private final Duration found;
    private final Duration missing;
    private final Map<Q, Answer<A>> answers = new ConcurrentHashMap<>();

    private record Answer<A>(String version, Optional<A> value, Instant until) {}

    /**
     * @param found how long to cache that something exists
     * @param missing how long to cache that something does not exist
     */
    public RememberedAnswers(Clock clock, Duration found, Duration missing) {
        this.clock = clock;
        this.found = found;
        this.missing = missing;
    }

    /** The cached answer, or a new one. */
    public Optional<A> get(Q question, Supplier<Optional<A>> ask) {
        return get(question, "", ask);
    }

    /**
     * The cached answer, or a new one.
     *
     * @param version of what the question is about: an answer about another version is not used
     */
    public Optional<A> get(Q question, String version, Supplier<Optional<A>> ask) {
        var now = clock.instant();
        return answers.compute(question, (_, known) -> {
                    if (known != null && known.version().equals(version) && now.isBefore(known.until())) {
                        return known;
                    }
                    var value = ask.get();
                    return new Answer<>(version, value, now.plus(value.isPresent() ? found : missing));
                })
                .value();
    }
}
