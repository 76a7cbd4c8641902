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
 */
record Offer(RecordSpongeEnvironment source, Duration soak, Optional<String> approved, Instant now) {

    /** The images that were Ready, the newest first. */
    List<Deployed> history() {
        return ServedImages.of(source);
    }

    private Optional<EnvironmentStatus> status() {
        return Optional.ofNullable(source.getStatus());
    }

    /** Whether an image failed in the source. */
    boolean hasFailed(Deployed image) {
        return status().map(EnvironmentStatus::release).map(Release::bad).stream()
                .flatMap(List::stream)
                .map(BadImage::digest)
                .anyMatch(image.digest()::equals);
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

    Candidate candidate(Deployed image) {
        return new Candidate(
                image.digest(),
                ReleaseHistory.steadySince(image).toString(),
                isSoaking(image) ? end(image).toString() : null,
                blocker(image));
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

    /** An approval that cannot be carried out. */
    Optional<Candidate> unknownApproval(Optional<String> present) {
        return approved.filter(digest -> !present.equals(Optional.of(digest)))
                .filter(digest ->
                        history().stream().noneMatch(image -> image.digest().equals(digest)))
                .map(digest -> new Candidate(
                        digest,
                        null,
                        null,
                        "The annotation %s names it, but status.history of environment %s does not have it."
                                .formatted(RequestAnnotation.APPROVE, name())));
    }

    private String name() {
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
