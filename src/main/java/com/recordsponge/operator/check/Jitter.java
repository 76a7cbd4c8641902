package com.recordsponge.operator.check;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Random times, so that the checks of many environments do not stay aligned. */
public record Jitter(RandomGenerator random) {

    /** The part of each interval that is random. */
    public static final double PART = 0.2;

    /** An interval, shortened by up to {@value #PART} of it. */
    public Duration shorten(Duration interval) {
        return interval.minus(part(interval, PART * random.nextDouble()));
    }

    /** A time within a period. */
    public Duration within(Duration period) {
        return part(period, random.nextDouble());
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofMillis((long) (whole.toMillis() * part));
    }
}
