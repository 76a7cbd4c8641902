package com.recordsponge.operator.runtime;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.MutableClock;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kubelet restarts an operator whose retries and rechecks no longer come. */
class TimerLivenessTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-26T12:00:00Z"));
    private final TimerLiveness liveness = new TimerLiveness(clock, new DefaultSettings());
    private final TimerEventSource<?> timer = new TimerEventSource<>();

    private Status probeStatus() {
        return liveness.call().getStatus();
    }

    private void start(EventHandler handler) {
        liveness.watch(timer);
        timer.setEventHandler(handler);
        timer.start();
    }

    @AfterEach
    void stopTheTimer() {
        timer.stop();
    }

    @Test
    void anOperatorThatHasNotStartedPassesTheProbe() {
        assertThat(probeStatus()).isEqualTo(Status.UP);
        liveness.watch(timer);
        assertThat(probeStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aTimerWhoseEventsAreAcceptedPassesTheProbe() {
        start(new EventGuard(_ -> {}, timer, liveness, LIMIT));
        for (var call = 0; call < 3; call++) {
            assertThat(probeStatus()).isEqualTo(Status.UP);
            clock.pass(LIMIT.plusSeconds(1));
            await().untilAsserted(() -> assertThat(probeStatus()).isEqualTo(Status.UP));
        }
    }

    @Test
    void aTimerWhoseThreadHasEndedFailsTheProbe() {
        start(this::endTheThread);
        timer.scheduleOnce(new ResourceID("site", "recordsponge"), 1);
        await().dontCatchUncaughtExceptions()
                .untilAsserted(() -> assertThat(probeStatus()).isEqualTo(Status.DOWN));
    }

    private void endTheThread(Event event) {
        throw new AssertionError("for the test");
    }

    @Test
    void eventsThatAreNotAcceptedForTooLongFailTheProbe() {
        start(_ -> {});
        assertThat(probeStatus()).isEqualTo(Status.UP);
        clock.pass(LIMIT);
        assertThat(probeStatus()).isEqualTo(Status.UP);
        clock.pass(Duration.ofSeconds(1));
        assertThat(probeStatus()).isEqualTo(Status.DOWN);
    }
}
