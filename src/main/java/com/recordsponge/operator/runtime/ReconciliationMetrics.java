package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/**
 * Counts and times reconciliations: {@code recordsponge_reconciliation_seconds}, by {@code result}, and those in progress as
 * {@code recordsponge_reconciliation_active_seconds}. The SDK's MicrometerMetricsV2 gives one name different labels, which
 * Quarkus' Prometheus registry refuses with an exception, and wraps what the reconciler throws.
 */
@Singleton
class ReconciliationMetrics implements Metrics {

    private static final String RECONCILIATION = "recordsponge.reconciliation";

    private final Timer succeeded;
    private final Timer failed;
    private final LongTaskTimer active;
    private final MemoryRelease memory;

    ReconciliationMetrics(MeterRegistry registry, MemoryRelease memory) {
        this.memory = memory;
        this.succeeded = registry.timer(RECONCILIATION, "result", "success");
        this.failed = registry.timer(RECONCILIATION, "result", "failure");
        this.active = registry.more().longTaskTimer(RECONCILIATION + ".active");
    }

    /** The reconciliations in progress. */
    LongTaskTimer active() {
        return active;
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        var sample = Timer.start();
        var inProgress = active.start();
        try {
            var outcome = execution.execute();
            sample.stop(succeeded);
            return outcome;
        } catch (Exception e) {
            sample.stop(failed);
            throw e;
        } catch (Error e) {
            // After an exception, the SDK tries again; after an Error, it never reconciles the environment again.
            sample.stop(failed);
            throw new IllegalStateException(e.toString(), e);
        } finally {
            inProgress.stop();
            memory.worked();
        }
    }
}
