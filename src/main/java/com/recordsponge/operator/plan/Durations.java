package com.recordsponge.operator.plan;

import java.time.Duration;
import java.util.Locale;

/**
 * Durations as the API writes them: whole hours, minutes and seconds, such as {@code 1h30m}. fabric8's Duration ignores
 * what it does not understand.
 */
public final class Durations {

    private Durations() {}

    /** Reads a duration that has passed the schema's pattern; an empty one is zero. */
    public static Duration parse(String text) {
        return text.isEmpty() ? Duration.ZERO : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
