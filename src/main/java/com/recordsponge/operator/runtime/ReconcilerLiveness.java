package com.recordsponge.operator.runtime;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: fails when a reconciliation no longer moves. */
@Liveness
@Singleton
class ReconcilerLiveness implements HealthCheck {

    private final Heartbeat heartbeat;

    ReconcilerLiveness(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public HealthCheckResponse call() {
        var stuck = heartbeat.stuck();
        return HealthCheckResponse.named("reconciliations")
                .status(stuck == 0)
                .withData("stuck", stuck)
                .build();
    }
}
