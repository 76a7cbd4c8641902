package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus.Candidate;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import java.time.Instant;
import java.util.Optional;

/**
 * What another environment offers.
 *
 * @param digest the image to run; empty if nothing is newer than what runs and has proved itself
 * @param candidate the newest image that does not run here
 * @param end when the candidate's soak ends, unless something else blocks it
 * @param flaw why nothing can be offered; empty if it is only a matter of time
 */
record Promotion(Optional<String> digest, Optional<Candidate> candidate, Optional<Instant> end, Optional<String> flaw) {

    private static final Promotion NOTHING =
            new Promotion(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Nothing can be offered until somebody acts. */
    static Promotion flawed(String flaw) {
        return new Promotion(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(flaw));
    }

    /**
     * The newest image that was Ready long enough or that somebody approved, and that is newer than the present one: images
     * that left the source in the meantime count as well.
     *
     * @param present the digest that runs
     */
    static Promotion of(Offer offer, Optional<String> present) {
        if (offer.history().isEmpty()) {
            return NOTHING;
        }
        var newer = offer.history().stream()
                .takeWhile(image -> !present.equals(Optional.of(image.digest())))
                .filter(image -> !offer.hasFailed(image))
                .toList();
        var proved = newer.stream().filter(offer::isProved).findFirst();
        var waiting = newer.stream()
                .takeWhile(image -> !proved.equals(Optional.of(image)))
                .findFirst();
        var useless = Approval.withoutEffect(offer, present, newer);
        return new Promotion(
                proved.map(Deployed::digest),
                waiting.map(image -> offer.candidate(image, useless.map(Approval::message)))
                        .or(() -> useless.map(Approval::candidate)),
                waiting.filter(offer::isSoaking).map(offer::end),
                Optional.empty());
    }

    /** What a new site waits for. */
    String expectation() {
        return flaw.or(() -> candidate.map(Candidate::blockedBy)).orElse("No image has been Ready there yet.");
    }
}
