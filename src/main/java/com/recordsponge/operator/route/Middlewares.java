package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds Traefik's Middlewares: redirects, HSTS and basic authentication. */
final class Middlewares {

    /** The broadcast address, which is never a source address (RFC 1122, section 3.2.1.3): allows no client. */
    private static final String NO_CLIENT = "255.255.255.255/32";

    private Middlewares() {}

    static String toHttpsName(EnvironmentPlan plan) {
        return plan.name() + "-to-https";
    }

    static String toHostName(EnvironmentPlan plan) {
        return plan.name() + "-to-host";
    }

    static String hstsName(EnvironmentPlan plan) {
        return plan.name() + "-hsts";
    }

    static String basicAuthName(EnvironmentPlan plan, int index) {
        return plan.name() + "-auth-" + index;
    }

    static String closedName(EnvironmentPlan plan) {
        return plan.name() + "-closed";
    }

    static List<Middleware> middlewares(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        var middlewares = new ArrayList<Middleware>();
        if (route.tls()) {
            middlewares.add(middleware(
                    plan, toHttpsName(plan), "redirectScheme", Map.of("scheme", "https", "permanent", true)));
        }
        if (!route.names().aliases().isEmpty()) {
            middlewares.add(middleware(
                    plan,
                    toHostName(plan),
                    "redirectRegex",
                    Map.of("regex", "^https?://[^/]+/(.*)", "replacement", route.url() + "/${1}", "permanent", true)));
        }
        route.hsts()
                .ifPresent(hsts -> middlewares.add(middleware(
                        plan,
                        hstsName(plan),
                        "headers",
                        Map.of(
                                "stsSeconds",
                                CustomObjects.number(hsts.maxAge().toSeconds()),
                                "stsIncludeSubdomains",
                                hsts.includeSubdomains()))));
        for (var index = 0; index < route.basicAuth().size(); index++) {
            middlewares.add(middleware(
                    plan,
                    basicAuthName(plan, index),
                    "basicAuth",
                    Map.of(
                            "secret",
                            route.basicAuth().get(index).secret(),
                            "realm",
                            route.names().host(),
                            "removeHeader",
                            true)));
        }
        if (!route.basicAuth().isEmpty()) {
            middlewares.add(
                    middleware(plan, closedName(plan), "ipAllowList", Map.of("sourceRange", List.of(NO_CLIENT))));
        }
        return middlewares;
    }

    private static Middleware middleware(
            EnvironmentPlan plan, String name, String type, Map<String, Object> configuration) {
        return CustomObjects.fill(new Middleware(), plan, name, Map.of(type, configuration));
    }
}
