package com.recordsponge.operator.runtime;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/**
 * Counts and times reconciliations: {@code recordsponge_reconciliation_seconds}, by {@code result}. The SDK's own metrics
 * are not used: they give one name different labels, which Prometheus refuses in the middle of an event.
 */
@Singleton
class ReconciliationMetrics implements Metrics {

    private static final String RECONCILIATION = "recordsponge.reconciliation";

    private final Timer succeeded;
    private final Timer failed;
    private final MemoryRelease memory;

    ReconciliationMetrics(MeterRegistry registry, MemoryRelease memory) {
        this.memory = memory;
        this.succeeded = registry.timer(RECONCILIATION, "result", "success");
        this.failed = registry.timer(RECONCILIATION, "result", "failure");
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        var sample = Timer.start();
        try {
            var outcome = execution.execute();
            sample.stop(succeeded);
            return outcome;
        } catch (Exception e) {
            sample.stop(failed);
            throw e;
        } finally {
            memory.worked();
        }
    }
}
