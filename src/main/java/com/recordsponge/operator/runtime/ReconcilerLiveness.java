package com.recordsponge.operator.runtime;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: fails when a reconciliation runs for too long. The SDK's own check covers informers, for readiness. */
@Liveness
@Singleton
class ReconcilerLiveness implements HealthCheck {

    private final ReconciliationMetrics metrics;
    private final Duration stuckAfter;

    ReconcilerLiveness(ReconciliationMetrics metrics, Settings settings) {
        this.metrics = metrics;
        this.stuckAfter = settings.stuckAfter();
    }

    @Override
    public HealthCheckResponse call() {
        var longest = metrics.active().max(TimeUnit.MILLISECONDS);
        return HealthCheckResponse.named("reconciliations")
                .status(longest <= stuckAfter.toMillis())
                .withData("longestSeconds", (long) longest / 1000)
                .build();
    }
}
