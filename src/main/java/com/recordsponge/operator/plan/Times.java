package com.recordsponge.operator.plan;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times in what others can write, such as a status that somebody edited. */
public final class Times {

    private Times() {}

    /** Reads a time of RFC 3339; empty for null, and for what is none. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
