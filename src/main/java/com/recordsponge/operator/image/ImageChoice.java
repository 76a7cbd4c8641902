package com.recordsponge.operator.image;

import com.recordsponge.operator.registry.ImageReference;
import java.util.Optional;

/**
 * The image that pods are to run.
 *
 * @param image in the pod template
 * @param settled whether it is the one for the present spec; else something better is expected
 * @param waits whether the workload waits for the registry's answer
 */
record ImageChoice(ImageReference image, boolean settled, boolean waits) {

    static ImageChoice of(ImageReference image) {
        return new ImageChoice(image, true, false);
    }

    /** The present image until the registry has answered; by its tag if there is none. */
    static ImageChoice waitFor(ImageReference requested, Optional<CurrentImage> current) {
        return new ImageChoice(current.map(CurrentImage::image).orElse(requested), false, true);
    }
}
