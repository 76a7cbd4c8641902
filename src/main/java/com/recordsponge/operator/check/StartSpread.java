package com.recordsponge.operator.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Spreads the checks that nothing waits for over a time after the operator's start. */
public final class StartSpread {

    private final Clock clock;
    private final Jitter jitter;
    private final Duration time;
    private volatile Instant started = Instant.MIN;

    public StartSpread(Clock clock, Jitter jitter, Duration time) {
        this.clock = clock;
        this.jitter = jitter;
        this.time = time;
    }

    /** The operator starts now. */
    public void begin() {
        started = clock.instant();
    }

    /** A random time during the spread, zero after it. */
    public Duration delay() {
        return clock.instant().isBefore(started.plus(time)) ? jitter.within(time) : Duration.ZERO;
    }
}
