package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.DefaultSettings;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** The kubelet restarts an operator in which a reconciliation hangs. */
class ReconcilerLivenessTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final MockClock clock = new MockClock();
    private final ReconciliationMetrics metrics = new ReconciliationMetrics(
            new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock), new MemoryRelease(_ -> {}, () -> {}));
    private final ReconcilerLiveness probe = new ReconcilerLiveness(metrics, new DefaultSettings());

    private Status probeStatus() {
        return probe.call().getStatus();
    }

    private void reconcile(Runnable work) throws Exception {
        metrics.timeControllerExecution(new TestExecution(work));
    }

    @Test
    void anIdleOperatorPassesTheProbe() {
        clock.add(LIMIT.multipliedBy(100));
        assertThat(probeStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aReconciliationWithinTheLimitPassesTheProbe() throws Exception {
        reconcile(() -> {
            clock.add(LIMIT);
            assertThat(probeStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void aLongReconciliationFailsTheProbe() throws Exception {
        reconcile(() -> {
            clock.add(LIMIT.plusSeconds(1));
            assertThat(probeStatus()).isEqualTo(Status.DOWN);
        });
        assertThat(probeStatus()).as("after the reconciliation").isEqualTo(Status.UP);
    }

    @Test
    void theLongestReconciliationDecides() throws Exception {
        reconcile(() -> {
            clock.add(LIMIT);
            try {
                reconcile(() -> clock.add(Duration.ofSeconds(1)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            assertThat(probeStatus()).isEqualTo(Status.DOWN);
        });
    }
}
