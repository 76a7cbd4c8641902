package com.recordsponge.operator.registry;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The Retry-After header, in either of its forms, within bounds. */
public final class RetryAfter {

    /** A registry cannot silence the operator for longer. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** How long to be quiet where a registry that limits does not say how long. */
    public static final Duration UNSTATED = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    static Optional<Duration> of(HttpTransport.Response response, Clock clock) {
        return response.header("retry-after")
                .flatMap(value -> parse(value.strip(), clock))
                .map(RetryAfter::bounded);
    }

    private static Optional<Duration> parse(String value, Clock clock) {
        try {
            if (value.matches("[0-9]{1,18}")) {
                return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST.toSeconds())));
            }
            var time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), time));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration time) {
        if (time.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
