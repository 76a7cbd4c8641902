package com.recordsponge.operator.runtime;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.DefaultSettings;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.timer.TimerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event that the SDK does not accept harms no other environment. */
class EventGuardTest {

    private static final ResourceID FAILING = new ResourceID("failing", "recordsponge");
    private static final ResourceID OTHER = new ResourceID("other", "recordsponge");

    private final Set<ResourceID> failing = ConcurrentHashMap.newKeySet();
    private final List<ResourceID> accepted = new CopyOnWriteArrayList<>();
    private final TimerEventSource<?> timer = new TimerEventSource<>();
    private final EventGuard guard = new EventGuard(
            this::accept, timer, new TimerLiveness(Clock.systemUTC(), new DefaultSettings()), Duration.ofMillis(10));

    private void accept(Event event) {
        if (failing.contains(event.getRelatedCustomResourceID())) {
            throw new IllegalStateException("refused by the test");
        }
        accepted.add(event.getRelatedCustomResourceID());
    }

    @BeforeEach
    void startTheTimer() {
        failing.add(FAILING);
        timer.setEventHandler(guard);
        timer.start();
    }

    @AfterEach
    void stopTheTimer() {
        timer.stop();
    }

    @Test
    void theTimerGoesOnAfterAFailure() {
        timer.scheduleOnce(FAILING, 1);
        timer.scheduleOnce(OTHER, 50);
        await().untilAsserted(() -> assertThat(accepted).containsExactly(OTHER));
    }

    @Test
    void anEventThatFailedIsRepeated() {
        guard.handleEvent(new Event(FAILING));
        assertThat(accepted).isEmpty();
        failing.clear();
        await().untilAsserted(() -> assertThat(accepted).containsExactly(FAILING));
    }
}
