package com.recordsponge.operator.image;

import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.ImageReference;
import java.util.Optional;

/**
 * What a policy decides by.
 *
 * @param requested the image of the spec
 * @param release mark of the policy and the interval
 * @param current what the pod template has; empty before the first Deployment
 * @param answer the registry's newest; empty if it was not asked, or has not answered yet
 */
record PolicyInput(
        ImageReference requested, String release, Optional<CurrentImage> current, Optional<DigestAnswer> answer) {

    PolicyInput with(Optional<DigestAnswer> newest) {
        return new PolicyInput(requested, release, current, newest);
    }

    /** Whether the template's image was chosen for the present spec. */
    boolean isSettled() {
        return current.filter(image -> image.isChosenFor(requested, release)).isPresent();
    }

    /** The image of a digest; as the template names it if it has that image already, so that no pod is replaced. */
    ImageChoice pinned(String digest) {
        return ImageChoice.of(inTemplate(requested.withDigest(digest)));
    }

    /** An image with a digest, as the template names it if it has that image already. */
    ImageReference inTemplate(ImageReference image) {
        return current.filter(present -> present.is(image))
                .map(CurrentImage::image)
                .orElse(image);
    }

    /** The image while the registry does not say its digest: pods that run keep theirs. */
    ImageChoice withoutDigest() {
        return current.filter(image -> image.isChosenFor(requested))
                .map(image -> new ImageChoice(image.image(), isSettled(), false))
                .orElseGet(() -> ImageChoice.of(requested));
    }

    /** Waits for the first answer, unless pods run this image already. */
    ImageChoice unanswered() {
        return current.filter(image -> image.isChosenFor(requested))
                .map(image -> new ImageChoice(image.image(), isSettled(), false))
                .orElseGet(() -> ImageChoice.waitFor(requested, current));
    }
}
