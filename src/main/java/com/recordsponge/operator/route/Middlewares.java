package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;

/** Builds Traefik's Middlewares: redirects, HSTS and basic authentication. */
final class Middlewares {

    private Middlewares() {}

    /** Those of all routes, also of those that cannot be served before these exist. */
    static List<Middleware> middlewares(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        return route.prepared().stream()
                .flatMap(each -> route.middlewares(each).all())
                .distinct()
                .map(version -> CustomObjects.fill(new Middleware(), plan, version.name(), version.spec()))
                .toList();
    }
}
