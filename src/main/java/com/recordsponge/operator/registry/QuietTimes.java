package com.recordsponge.operator.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts that want to be left alone, and until when. A mirror is asked for images of several registries: all of them leave
 * it alone, and ask the next place meanwhile.
 */
final class QuietTimes {

    private final Clock clock;
    private final Map<String, Instant> ends = new HashMap<>();

    QuietTimes(Clock clock) {
        this.clock = clock;
    }

    /** When the quiet time of a host ends; empty if it may be asked. */
    synchronized Optional<Instant> end(String host) {
        return Optional.ofNullable(ends.get(host)).filter(end -> clock.instant().isBefore(end));
    }

    synchronized void begin(String host, Duration time) {
        var now = clock.instant();
        ends.values().removeIf(end -> !now.isBefore(end));
        ends.put(host, now.plus(time));
    }
}
