package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.registry.ImageReference;
import java.util.Objects;
import java.util.Optional;

/**
 * The image that the status records. It is that of an environment whose Deployment somebody has deleted: the new pods run
 * what the former ran, at once, also while the registry is away.
 */
final class RecordedImage {

    private RecordedImage() {}

    /** Empty if the spec was edited since, if the registry did not have the image, or if another one ran instead. */
    static Optional<CurrentImage> of(PlanInput input, ImageReference requested) {
        return Optional.ofNullable(input.environment().getStatus())
                .filter(status -> Objects.equals(
                        status.observedGeneration(),
                        input.environment().getMetadata().getGeneration()))
                .filter(RecordedImage::wasFound)
                .filter(status -> status.release() == null || status.release().hold() == null)
                .map(EnvironmentStatus::image)
                .filter(image -> requested.toString().equals(image.requested()))
                .map(EnvironmentStatus.Image::digest)
                .filter(ImageReference::isDigest)
                .map(digest -> new CurrentImage(
                        requested.withDigest(digest),
                        requested.toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private static boolean wasFound(EnvironmentStatus status) {
        return status.condition(ConditionType.IMAGE_RESOLVED)
                .filter(resolved -> "True".equals(resolved.getStatus()))
                .isPresent();
    }
}
