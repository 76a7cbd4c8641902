package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Liveness: fails when no event passes the SDK's timer and its event processor any more. The retries and rechecks of all
 * environments depend on that timer's one thread. Each call sends an event of no environment.
 */
@Liveness
@Singleton
class TimerLiveness implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(TimerLiveness.class);
    private static final ResourceID HEARTBEAT = new ResourceID("heartbeat");

    private final Clock clock;
    private final Duration stuckAfter;
    private Optional<TimerEventSource<?>> timer = Optional.empty();
    private Optional<Instant> sent = Optional.empty();

    TimerLiveness(Clock clock, Settings settings) {
        this.clock = clock;
        this.stuckAfter = settings.stuckAfter();
    }

    synchronized void watch(TimerEventSource<?> watched) {
        timer = Optional.of(watched);
    }

    /** Learns of an event that the SDK has accepted. */
    synchronized void passed(ResourceID environment) {
        if (environment.equals(HEARTBEAT)) {
            sent = Optional.empty();
        }
    }

    @Override
    public synchronized HealthCheckResponse call() {
        var failure = timer.filter(TimerEventSource::isRunning).flatMap(this::failure);
        failure.ifPresent(reason -> LOG.errorf("The operator must be restarted: %s", reason));
        return HealthCheckResponse.named("timer").status(failure.isEmpty()).build();
    }

    private Optional<String> failure(TimerEventSource<?> running) {
        var now = clock.instant();
        if (sent.isPresent()) {
            return sent.filter(since -> since.plus(stuckAfter).isBefore(now))
                    .map("the SDK has not accepted an event since %s."::formatted);
        }
        try {
            running.scheduleOnce(HEARTBEAT, 1);
            sent = Optional.of(now);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("the SDK's timer has ended (%s).".formatted(e.getMessage()));
        }
    }
}
