package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;
import java.util.Map;

/** Builds Traefik's ServersTransport: how long Traefik waits for a response. */
final class ServersTransports {

    private ServersTransports() {}

    static List<ServersTransport> serversTransports(EnvironmentPlan plan) {
        return plan.get(RoutePlan.class).timeout().stream()
                .map(timeout -> CustomObjects.fill(
                        new ServersTransport(),
                        plan,
                        plan.name(),
                        Map.of("forwardingTimeouts", Map.of("responseHeaderTimeout", timeout.toSeconds() + "s"))))
                .toList();
    }
}
