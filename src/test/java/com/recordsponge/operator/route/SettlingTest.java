package com.recordsponge.operator.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Instant START = Instant.EPOCH;
    private static final Set<String> ONE = Set.of("Middleware/one");

    private final Settling settling = new Settling(Duration.ofSeconds(5));

    @Test
    void anObjectSettlesAfterTheDelay() {
        assertThat(settling.settled("ns/site", ONE, START)).isEmpty();
        assertThat(settling.next("ns/site", ONE, Set.of(), START.plusSeconds(2)))
                .contains(Duration.ofSeconds(3));
        assertThat(settling.settled("ns/site", ONE, START.plusSeconds(4))).isEmpty();
        assertThat(settling.settled("ns/site", ONE, START.plusSeconds(5))).isEqualTo(ONE);
        assertThat(settling.next("ns/site", ONE, ONE, START.plusSeconds(5))).isEmpty();
    }

    @Test
    void anObjectThatWasUsedMeanwhileSettlesAnew() {
        settling.settled("ns/site", ONE, START);
        settling.settled("ns/site", Set.of("Middleware/two"), START.plusSeconds(4));
        assertThat(settling.settled("ns/site", ONE, START.plusSeconds(6))).isEmpty();
    }

    /** It settled after the plan was computed. */
    @Test
    void aSettledObjectThatIsNotKnownYetIsLookedAtAtOnce() {
        settling.settled("ns/site", ONE, START.plusSeconds(4));
        assertThat(settling.next("ns/site", ONE, Set.of(), START.plusSeconds(10)))
                .hasValueSatisfying(delay -> assertThat(delay).isPositive().isLessThan(Duration.ofMillis(10)));
    }

    @Test
    void environmentsSettleSeparately() {
        settling.settled("ns/site", ONE, START);
        assertThat(settling.settled("ns/other", ONE, START.plusSeconds(6))).isEmpty();
    }
}
