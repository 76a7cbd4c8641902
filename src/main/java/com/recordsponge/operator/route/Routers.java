package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The annotations by which Traefik configures the routers of an Ingress. */
final class Routers {

    private static final String ROUTER = "traefik.ingress.kubernetes.io/router.";

    /** By default a router's priority is the length of its rule, which has one host and one path. */
    private static final int ABOVE_ANY_RULE = 1000;

    private Routers() {}

    /** @param middlewares names of Middlewares in the order in which they apply; null for none */
    static Map<String, String> annotations(EnvironmentPlan plan, String... middlewares) {
        var annotations = new TreeMap<String, String>();
        if (!plan.capabilities().traefikController()) {
            return annotations;
        }
        annotations.put(ROUTER + "entrypoints", plan.get(RoutePlan.class).tls() ? "websecure" : "web");
        if (plan.get(RoutePlan.class).tls()) {
            annotations.put(ROUTER + "tls", "true");
        }
        var used = Arrays.stream(middlewares)
                .filter(Objects::nonNull)
                .map(name -> reference(plan, name))
                .collect(Collectors.joining(","));
        if (!used.isEmpty()) {
            annotations.put(ROUTER + "middlewares", used);
        }
        return annotations;
    }

    /** For the plain HTTP of a site that also serves HTTPS. */
    static Map<String, String> plainHttp(EnvironmentPlan plan, String middleware) {
        return Map.of(ROUTER + "entrypoints", "web", ROUTER + "middlewares", reference(plan, middleware));
    }

    /**
     * By default Traefik prefers the longest rule, and the rule of the whole site can be as long as that of a short
     * path. With these annotations the longest path has priority, and each path over the whole site.
     *
     * @param path the protected path; empty for the fallback of all protected paths
     */
    static Map<String, String> priorityOverSite(String path) {
        return Map.of(
                ROUTER + "priority",
                Integer.toString(ABOVE_ANY_RULE + path.length()),
                ROUTER + "pathmatcher",
                "PathRegexp");
    }

    /** A Middleware as Traefik's Kubernetes Ingress provider names it. */
    private static String reference(EnvironmentPlan plan, String middleware) {
        return plan.namespace() + "-" + middleware + "@kubernetescrd";
    }
}
