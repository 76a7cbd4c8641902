package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Candidate;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The images of an environment, for another one that takes them over.
 *
 * @param soak how long an image must be Ready in the source
 * @param approved the digest that somebody approved
 * @param served the images that were Ready in the environment that takes over
 */
record Offer(
        RecordSpongeEnvironment source, Duration soak, Optional<String> approved, List<Deployed> served, Instant now) {

    /** The images that were Ready, the newest first. */
    List<Deployed> history() {
        return ServedImages.of(source);
    }

    private Optional<EnvironmentStatus> status() {
        return Optional.ofNullable(source.getStatus());
    }

    /** Whether an image failed in the source. */
    boolean hasFailed(Deployed image) {
        return failure(image.digest()).isPresent();
    }

    /** How an image failed in the source, if it did. */
    Optional<BadImage> failure(String digest) {
        return status().map(EnvironmentStatus::release).map(Release::bad).stream()
                .flatMap(List::stream)
                .filter(image -> digest.equals(image.digest()))
                .findFirst();
    }

    /** Whether an image can be taken over. */
    boolean isProved(Deployed image) {
        if (approved.equals(Optional.of(image.digest()))) {
            return true;
        }
        var last = image.readyUntil() == null ? now : Instant.parse(image.readyUntil());
        return !end(image).isAfter(last)
                && (image.readyUntil() != null || unready().isEmpty());
    }

    /** Whether an image only needs more time. */
    boolean isSoaking(Deployed image) {
        return image.readyUntil() == null && unready().isEmpty();
    }

    /** When an image has been Ready long enough, if nothing interrupts it. */
    Instant end(Deployed image) {
        return ReleaseHistory.steadySince(image).plus(soak);
    }

    /** @param remark what else there is to say of it */
    Candidate candidate(Deployed image, Optional<String> remark) {
        return new Candidate(
                image.digest(),
                ReleaseHistory.steadySince(image).toString(),
                isSoaking(image) ? end(image).toString() : null,
                blocker(image) + remark.map(" "::concat).orElse(""));
    }

    private String blocker(Deployed image) {
        return image.readyUntil() != null
                ? "Environment %s replaced it before it had been Ready for %s.".formatted(name(), words(soak))
                : unready()
                        .orElseGet(() -> "It must be Ready in environment %s for %s, unless the annotation %s names it."
                                .formatted(name(), words(soak), RequestAnnotation.APPROVE));
    }

    /** Why the source is not Ready, if it is not. */
    private Optional<String> unready() {
        return status().flatMap(status -> status.condition(ConditionType.READY))
                .filter(ready -> !"True".equals(ready.getStatus()))
                .map(ready -> "Environment %s is not Ready: %s.".formatted(name(), ready.getReason()));
    }

    /** The source, for messages. */
    String name() {
        return "%s/%s"
                .formatted(
                        source.getMetadata().getNamespace(),
                        source.getMetadata().getName());
    }

    private static String words(Duration duration) {
        return Stream.of(duration.toHours() + "h", duration.toMinutesPart() + "m", duration.toSecondsPart() + "s")
                .filter(part -> !part.startsWith("0"))
                .reduce(String::concat)
                .orElse("0s");
    }
}
