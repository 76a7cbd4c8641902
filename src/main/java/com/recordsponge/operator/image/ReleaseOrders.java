package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.ReleaseSpec;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.registry.ImageReference;
import java.util.List;
import java.util.Optional;

/** Reads what people ordered, by the spec and by annotations, and what the status remembers. */
final class ReleaseOrders {

    private static final String FORGOTTEN = "it failed before this status was lost";

    private ReleaseOrders() {}

    /** @param automatic whether to return from a failed image automatically */
    static ReleaseRules rules(PlanInput input, PolicyInput policyInput, ReleaseSpec release, boolean automatic) {
        var good = good(input.environment());
        return new ReleaseRules(
                Optional.ofNullable(release.rollbackTo()).map(digest -> image(digest, good, policyInput.requested())),
                RequestAnnotation.HOLD.of(input.environment()),
                bad(input.environment(), policyInput.current()),
                good,
                automatic);
    }

    /** A digest is of the repository that it was Ready from. */
    private static ImageReference image(String digest, List<ImageReference> good, ImageReference requested) {
        return good.stream()
                .filter(image -> image.digest().equals(Optional.of(digest)))
                .findFirst()
                .orElseGet(() -> requested.withDigest(digest));
    }

    private static List<ImageReference> good(RecordSpongeEnvironment environment) {
        return ServedImages.of(environment).stream()
                .map(image -> ImageReference.parse(image.tag()).withDigest(image.digest()))
                .toList();
    }

    /** None if somebody wants another try that has not begun yet. Without a status the Deployment knows one. */
    private static List<BadImage> bad(RecordSpongeEnvironment environment, Optional<CurrentImage> current) {
        if (isLost(environment.getStatus())) {
            return current.flatMap(CurrentImage::failed)
                    .map(digest -> List.of(new BadImage(digest, FORGOTTEN)))
                    .orElse(List.of());
        }
        var release = Optional.ofNullable(environment.getStatus().release());
        var retry = RequestAnnotation.RETRY.of(environment);
        return retry.isPresent() && !retry.equals(release.map(Release::retried))
                ? List.of()
                : release.map(Release::bad).orElse(List.of()).stream()
                        .filter(image -> image.digest() != null)
                        .toList();
    }

    /** The schema's default has a status without conditions. */
    private static boolean isLost(EnvironmentStatus status) {
        return status == null || status.conditions() == null;
    }
}
