package com.recordsponge.operator.runtime;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: says what the operator waits for, and which namespaces it does not serve. The others keep it ready. */
@Readiness
@Singleton
class NamespacesReadiness implements HealthCheck {

    private final WatchedNamespaces namespaces;

    NamespacesReadiness(WatchedNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public HealthCheckResponse call() {
        var waiting = namespaces.waiting();
        var response = HealthCheckResponse.named("namespaces").status(waiting.isEmpty());
        waiting.ifPresent(reason -> response.withData("waiting", reason));
        namespaces.refused().forEach(response::withData);
        return response.build();
    }
}
