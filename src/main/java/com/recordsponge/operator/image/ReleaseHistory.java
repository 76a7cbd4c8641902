package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The images that served, the newest first. */
final class ReleaseHistory {

    /** An image that served this long has proved itself. */
    static final Duration TRIAL = Duration.ofMinutes(10);

    /** A longer interruption starts the soak anew. */
    static final Duration GRACE = Duration.ofMinutes(5);

    /** The image that serves, and the one before: without that there is nothing to return to. */
    private static final int FEWEST = 2;

    private ReleaseHistory() {}

    /**
     * The history while an image serves.
     *
     * @param lost since when the environment has not been Ready; empty if it is
     */
    static List<Deployed> serving(
            List<Deployed> history, String digest, String tag, Optional<Instant> lost, Instant now, int limit) {
        if (!isNewest(history, digest)) {
            var next = new Deployed(digest, tag, text(now), null, null);
            return limited(Stream.concat(Stream.of(next), ended(history, lost.orElse(now)).stream()), limit);
        }
        var newest = history.getFirst();
        var steady = lost.filter(since -> since.plus(GRACE).isBefore(now))
                .map(_ -> text(now))
                .orElse(newest.steadySince());
        var present = new Deployed(digest, newest.tag(), newest.readySince(), null, steady);
        return limited(Stream.concat(Stream.of(present), history.stream().skip(1)), limit);
    }

    /** The history once the newest image no longer serves; its end stays if it is known already. */
    static List<Deployed> ended(List<Deployed> history, Instant end) {
        return Stream.concat(
                        history.stream()
                                .limit(1)
                                .map(newest -> newest.readyUntil() == null ? until(newest, end) : newest),
                        history.stream().skip(1))
                .toList();
    }

    private static Deployed until(Deployed image, Instant end) {
        var ready = Instant.parse(image.readySince());
        return new Deployed(
                image.digest(),
                image.tag(),
                image.readySince(),
                text(end.isBefore(ready) ? ready : end),
                image.steadySince());
    }

    private static List<Deployed> limited(Stream<Deployed> images, int limit) {
        return images.limit(Math.max(limit, FEWEST)).toList();
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether no other image has served since. */
    static boolean isNewest(List<Deployed> history, String digest) {
        return !history.isEmpty() && history.getFirst().digest().equals(digest);
    }

    /** Whether an image proved itself before it was replaced: a later failure is not its fault. */
    static boolean isProven(List<Deployed> history, String digest) {
        return history.stream()
                .filter(image -> image.digest().equals(digest) && image.readyUntil() != null)
                .anyMatch(image ->
                        !Instant.parse(image.readySince()).plus(TRIAL).isAfter(Instant.parse(image.readyUntil())));
    }

    /** Since when an image was Ready without a long interruption. */
    static Instant steadySince(Deployed image) {
        return Instant.parse(image.steadySince() == null ? image.readySince() : image.steadySince());
    }
}
