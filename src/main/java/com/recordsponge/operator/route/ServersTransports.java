package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;

/** Builds Traefik's ServersTransport: how long Traefik waits for a response. */
final class ServersTransports {

    private ServersTransports() {}

    static List<ServersTransport> serversTransports(EnvironmentPlan plan) {
        return plan.get(RoutePlan.class).transport().stream()
                .map(version -> CustomObjects.fill(new ServersTransport(), plan, version.name(), version.spec()))
                .toList();
    }
}
