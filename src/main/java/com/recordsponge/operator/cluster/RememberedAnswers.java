package com.recordsponge.operator.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Asks the API server each question once, however many environments need the answer at the same time. */
public final class RememberedAnswers<Q> {

    private final Clock clock;
    private final Duration found;
    private final Duration missing;
    private final Map<Q, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Optional<String> value, Instant until) {}

    /**
     * @param found how long to remember what exists
     * @param missing how long to remember that something does not exist
     */
    public RememberedAnswers(Clock clock, Duration found, Duration missing) {
        this.clock = clock;
        this.found = found;
        this.missing = missing;
    }

    /** The remembered answer, or a new one. */
    public Optional<String> get(Q question, Supplier<Optional<String>> ask) {
        var now = clock.instant();
        return answers.compute(question, (_, known) -> {
                    if (known != null && now.isBefore(known.until())) {
                        return known;
                    }
                    var value = ask.get();
                    return new Answer(value, now.plus(value.isPresent() ? found : missing));
                })
                .value();
    }
}
