package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Passes the events of all sources to the SDK, and repeats those that it fails to accept. Its exception would end the thread
 * that brings the event: the one of its timer, and with it the retries and rechecks of all environments, or one that brings
 * an answer to several environments.
 */
final class EventGuard implements EventHandler {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(EventGuard.class);

    private final EventHandler processor;
    private final TimerEventSource<?> timer;
    private final TimerLiveness liveness;
    private final Duration pause;

    EventGuard(EventHandler processor, TimerEventSource<?> timer, TimerLiveness liveness, Duration pause) {
        this.processor = processor;
        this.timer = timer;
        this.liveness = liveness;
        this.pause = pause;
    }

    @Override
    public void handleEvent(Event event) {
        var environment = event.getRelatedCustomResourceID();
        try {
            processor.handleEvent(event);
            liveness.passed(environment);
        } catch (RuntimeException e) {
            LOG.warnf(e, "The SDK failed to accept an event of %s, which is repeated in %s.", environment, pause);
            timer.scheduleOnce(environment, pause.toMillis());
        }
    }
}
