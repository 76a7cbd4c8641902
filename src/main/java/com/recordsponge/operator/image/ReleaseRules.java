package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.registry.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * What limits the choice of a policy.
 *
 * @param rollbackTo the image that somebody orders to run
 * @param hold why somebody wants nothing new
 * @param bad images that failed, the newest first
 * @param good images that were Ready, the newest first, each with its digest
 * @param automatic whether the operator returns to a good image when a new one fails
 */
record ReleaseRules(
        Optional<ImageReference> rollbackTo,
        Optional<String> hold,
        List<BadImage> bad,
        List<ImageReference> good,
        boolean automatic) {

    /** The choice within these limits. What differs from the policy's choice is not settled: the policy goes on asking. */
    ImageChoice apply(ImageChoice candidate, PolicyInput policyInput) {
        if (rollbackTo.isPresent()) {
            return instead(candidate, policyInput.inTemplate(rollbackTo.get()));
        }
        var present = policyInput.current().map(CurrentImage::image);
        if (hold.isPresent() && present.isPresent()) {
            return instead(candidate, best(present.get()));
        }
        if (candidate.waits() || !isBad(candidate.image())) {
            return candidate;
        }
        return instead(candidate, best(present.orElse(candidate.image())));
    }

    private static ImageChoice instead(ImageChoice candidate, ImageReference image) {
        return !candidate.waits() && candidate.image().equals(image) ? candidate : new ImageChoice(image, false, false);
    }

    /** An image, unless it is bad and there is a good one. */
    private ImageReference best(ImageReference image) {
        return isBad(image) ? lastGood().orElse(image) : image;
    }

    private boolean isBad(ImageReference image) {
        return image.digest().filter(this::isBad).isPresent();
    }

    boolean isBad(String digest) {
        return bad.stream().anyMatch(image -> image.digest().equals(digest));
    }

    /** The newest image that was Ready and has not failed since. */
    Optional<ImageReference> lastGood() {
        return good.stream().filter(image -> !isBad(image)).findFirst();
    }

    /** Whether there is something better to return to if this digest fails. */
    boolean canLeave(String digest) {
        return automatic
                && rollbackTo.isEmpty()
                && good.stream()
                        .anyMatch(image -> !isBad(image) && !image.digest().equals(Optional.of(digest)));
    }
}
