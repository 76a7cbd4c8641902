package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.ReconciliationState;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The image's piece of the status. */
final class ImageStatus {

    private ImageStatus() {}

    static EnvironmentStatus.Image of(ImagePlan plan, ReconciliationState state) {
        var digest = plan.digest().orElse(null);
        return new EnvironmentStatus.Image(
                plan.policyInput().requested().toString(),
                digest,
                CurrentImage.running(state.owned(), state.plan().name()).orElse(null),
                digest == null ? null : resolvedAt(digest, state));
    }

    private static String resolvedAt(String digest, ReconciliationState state) {
        return state.lastStatus()
                .map(EnvironmentStatus::image)
                .filter(image -> digest.equals(image.digest()))
                .map(EnvironmentStatus.Image::resolvedAt)
                .filter(Objects::nonNull)
                .orElseGet(() -> state.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
