package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.PromotionSource;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.ReleasePolicy;
import com.recordsponge.operator.api.v1.ReleaseSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells that pods get another image, and why. */
final class ImageChange {

    private ImageChange() {}

    /** The sentence for people; empty if the image is the same. The first one is no news. */
    static Optional<String> describe(RecordSpongeEnvironment environment, EnvironmentStatus now) {
        var former = digest(environment.getStatus());
        var present = digest(now);
        return former.isEmpty() || present.isEmpty() || former.equals(present)
                ? Optional.empty()
                : Optional.of("%s: deploying %s instead of %s%s"
                        .formatted(
                                now.image().requested(),
                                present.get(),
                                former.get(),
                                cause(environment.getSpec(), now.release(), former.get())));
    }

    private static Optional<String> digest(EnvironmentStatus status) {
        return Optional.ofNullable(status).map(EnvironmentStatus::image).map(EnvironmentStatus.Image::digest);
    }

    /** Nothing needs to be added if the tag or the spec names another image. */
    private static String cause(EnvironmentSpec spec, Release state, String former) {
        var release = Optional.ofNullable(spec).map(EnvironmentSpec::release);
        return release.map(ReleaseSpec::rollbackTo)
                .map(_ -> ", as spec.release.rollbackTo orders")
                .or(() -> failure(state, former).map(", which failed: %s"::formatted))
                .or(() -> release.filter(chosen -> chosen.policy() == ReleasePolicy.PROMOTE)
                        .map(ReleaseSpec::promoteFrom)
                        .map(PromotionSource::name)
                        .map(", promoted from %s"::formatted))
                .orElse("");
    }

    private static Optional<String> failure(Release state, String digest) {
        return Stream.ofNullable(state)
                .flatMap(release -> Stream.ofNullable(release.bad()))
                .flatMap(List::stream)
                .filter(image -> image.digest().equals(digest))
                .map(BadImage::reason)
                .findFirst();
    }
}
