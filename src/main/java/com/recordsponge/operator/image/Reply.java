package com.recordsponge.operator.image;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer with what matters only for the next question.
 *
 * @param etag the registry's mark of the manifest
 * @param retryAfter how long the registry wants not to be asked
 */
public record Reply(Answer answer, Optional<String> etag, Optional<Duration> retryAfter) {

    public static Reply of(Answer answer) {
        return new Reply(answer, Optional.empty(), Optional.empty());
    }
}
