package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The history of images that were Ready. */
class ReleaseHistoryTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final Instant SECOND = Instant.parse("2026-01-02T00:00:00.5Z");

    private static final String TENTH_MINUTE = "2026-01-01T00:10:00Z";

    private static final Optional<Instant> READY = Optional.empty();

    private static final List<Deployed> ONE = ReleaseHistory.serving(List.of(), "a", "app:1", READY, FIRST, 10);

    @Test
    void aReadyImageIsAdded() {
        assertThat(ONE).containsExactly(new Deployed("a", "app:1", "2026-01-01T00:00:00Z", null, null));
    }

    @Test
    void theSameImageIsAddedOnce() {
        assertThat(ReleaseHistory.serving(ONE, "a", "app:2", READY, SECOND, 10)).isEqualTo(ONE);
    }

    @Test
    void theNextImageEndsTheOneBefore() {
        assertThat(ReleaseHistory.serving(ONE, "b", "app:1", READY, SECOND, 10))
                .containsExactly(
                        new Deployed("b", "app:1", "2026-01-02T00:00:00Z", null, null),
                        new Deployed("a", "app:1", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", null));
    }

    @Test
    void anImageIsReadyUntilTheEnvironmentIsNot() {
        var lost = Instant.parse("2026-01-01T12:00:00Z");
        assertThat(ReleaseHistory.serving(ONE, "b", "app:1", Optional.of(lost), SECOND, 10)
                        .getLast()
                        .readyUntil())
                .isEqualTo(lost.toString());
    }

    @Test
    void onlyALongInterruptionIsRecorded() {
        var minutes = Duration.ofMinutes(5);
        assertThat(ReleaseHistory.serving(ONE, "a", "app:1", Optional.of(SECOND.minus(minutes)), SECOND, 10))
                .isEqualTo(ONE);
        var interrupted = ReleaseHistory.serving(
                ONE, "a", "app:1", Optional.of(SECOND.minus(minutes).minusSeconds(1)), SECOND, 10);
        assertThat(interrupted.getFirst().readySince()).isEqualTo(ONE.getFirst().readySince());
        assertThat(ReleaseHistory.steadySince(interrupted.getFirst())).isEqualTo("2026-01-02T00:00:00Z");
    }

    @Test
    void anImageThatServedForTenMinutesIsProven() {
        assertThat(ReleaseHistory.isProven(
                        List.of(new Deployed("a", "app:1", ONE.getFirst().readySince(), TENTH_MINUTE, null)), "a"))
                .isTrue();
        assertThat(ReleaseHistory.isProven(
                        List.of(new Deployed("a", "app:1", "2026-01-01T00:00:01Z", TENTH_MINUTE, null)), "a"))
                .as("replaced before")
                .isFalse();
        assertThat(ReleaseHistory.isProven(ONE, "a")).as("it still serves").isFalse();
    }

    @Test
    void theImageBeforeIsKeptToReturnTo() {
        assertThat(ReleaseHistory.serving(ONE, "b", "app:1", READY, SECOND, 1))
                .extracting(Deployed::digest)
                .containsExactly("b", "a");
    }

    @Test
    void theOldestAreForgotten() {
        var two = ReleaseHistory.serving(ONE, "b", "app:1", READY, SECOND, 2);
        assertThat(ReleaseHistory.serving(two, "c", "app:1", READY, SECOND, 2))
                .extracting(Deployed::digest)
                .containsExactly("c", "b");
    }
}
