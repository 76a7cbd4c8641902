package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus.Candidate;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import java.util.List;
import java.util.Optional;

/**
 * An approval that has no effect.
 *
 * @param digest what it names
 * @param message why it has none
 */
record Approval(String digest, String message) {

    /**
     * The present approval, if it has no effect and never had: the annotation stays after the image was taken over.
     *
     * @param present the digest that runs
     * @param newer the images that are newer
     */
    static Optional<Approval> withoutEffect(Offer offer, Optional<String> present, List<Deployed> newer) {
        return offer.approved()
                .filter(digest -> !present.equals(Optional.of(digest)) && !has(offer.served(), digest))
                .filter(digest -> !has(newer, digest))
                .map(digest -> new Approval(
                        digest,
                        "The annotation %s names %s, but %s"
                                .formatted(RequestAnnotation.APPROVE, digest, obstacle(offer, digest))));
    }

    private static boolean has(List<Deployed> images, String digest) {
        return images.stream().anyMatch(image -> image.digest().equals(digest));
    }

    private static String obstacle(Offer offer, String digest) {
        if (!has(offer.history(), digest)) {
            return "status.history of environment %s does not have it.".formatted(offer.name());
        }
        return offer.failure(digest)
                .map(image -> "it failed in environment %s: %s.".formatted(offer.name(), image.reason()))
                .orElse("a newer image runs. To return to an earlier one, set spec.release.rollbackTo.");
    }

    /** The approved image, while no other one waits. */
    Candidate candidate() {
        return new Candidate(digest, null, null, message);
    }
}
