package com.recordsponge.operator.registry;

import com.recordsponge.operator.api.v1.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * What a registry said about an image. Without a time, so that equal answers are equal.
 *
 * @param reason {@link Reason#IMAGE_FOUND} if the image is there
 * @param digest digest of the image, of the index if it is for several platforms; empty unless it was found
 * @param message what is wrong and what to do; empty if the image was found
 */
public record DigestAnswer(Reason reason, Optional<String> digest, String message) {

    /** Every reason of an answer without a digest. */
    public static final Set<Reason> FAILURES = Set.of(
            Reason.REGISTRY_UNREACHABLE,
            Reason.REGISTRY_UNAUTHORIZED,
            Reason.REGISTRY_LIMIT,
            Reason.MANIFEST_NOT_FOUND);

    public static DigestAnswer found(String digest) {
        return new DigestAnswer(Reason.IMAGE_FOUND, Optional.of(digest), "");
    }

    /** @param reason one of {@link #FAILURES} */
    public static DigestAnswer failure(Reason reason, String message) {
        return new DigestAnswer(reason, Optional.empty(), message);
    }
}
