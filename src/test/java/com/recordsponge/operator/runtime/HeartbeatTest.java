package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** An operator that no longer moves is restarted, and one that does is not. */
class HeartbeatTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Heartbeat heartbeat = new Heartbeat(clock, new DefaultSettings());

    @Test
    void anIdleOperatorIsNotStuck() {
        clock.pass(LIMIT.multipliedBy(100));
        assertThat(heartbeat.stuck()).isZero();
    }

    @Test
    void aReconciliationMayTakeUpToTheLimit() {
        heartbeat.working();
        clock.pass(LIMIT);
        assertThat(heartbeat.stuck()).isZero();
    }

    @Test
    void aReconciliationThatTakesLongerIsStuck() {
        heartbeat.working();
        clock.pass(LIMIT.plusSeconds(1));
        assertThat(heartbeat.stuck()).isEqualTo(1);
    }

    @Test
    void aReconciliationThatEndsIsNot() {
        try (var _ = heartbeat.working()) {
            clock.pass(LIMIT.plusSeconds(1));
        }
        assertThat(heartbeat.stuck()).isZero();
    }

    @Test
    void eachReconciliationIsTimedByItself() {
        heartbeat.working();
        clock.pass(LIMIT);
        try (var _ = heartbeat.working()) {
            clock.pass(Duration.ofSeconds(1));
            assertThat(heartbeat.stuck()).isEqualTo(1);
        }
        assertThat(heartbeat.stuck()).isEqualTo(1);
    }

    @Test
    void aStuckReconciliationFailsTheLivenessProbe() {
        var probe = new ReconcilerLiveness(heartbeat);
        heartbeat.working();
        assertThat(probe.call().getStatus()).isEqualTo(Status.UP);
        clock.pass(LIMIT.plusSeconds(1));
        assertThat(probe.call().getStatus()).isEqualTo(Status.DOWN);
    }
}
