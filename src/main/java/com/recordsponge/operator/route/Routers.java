package com.recordsponge.operator.route;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The annotations by which Traefik configures the routers of an Ingress. */
final class Routers {

    private static final String ROUTER = "traefik.ingress.kubernetes.io/router.";

    static final String MIDDLEWARES = ROUTER + "middlewares";

    /**
     * By default a router's priority is the length of its rule. These are below any default: cert-manager's answer to a
     * challenge must have priority over all of the site, also over a protected path.
     */
    private static final int SITE = 1;

    private static final int PROTECTION = 2;

    private final RouteNames names;
    private final Map<String, String> annotations = new TreeMap<>();

    private Routers(RouteNames names) {
        this.names = names;
    }

    /** Of a route; without annotations if another controller serves it. */
    static Routers of(RouteNames names, SiteRoute route) {
        var routers = new Routers(names);
        if (route.form().traefik()) {
            routers.annotations.put(ROUTER + "entrypoints", route.tls() ? "websecure" : "web");
        }
        if (route.form().traefik() && route.tls()) {
            routers.annotations.put(ROUTER + "tls", "true");
        }
        return routers;
    }

    /** For the plain HTTP of a site that also serves HTTPS. */
    static Routers plainHttp(RouteNames names) {
        var routers = new Routers(names);
        routers.annotations.put(ROUTER + "entrypoints", "web");
        return routers;
    }

    /** Adds Middlewares, in the order in which they apply. */
    Routers middlewares(Stream<Version> versions) {
        var references =
                versions.map(version -> names.reference(version.name())).collect(Collectors.joining(","));
        if (!references.isEmpty()) {
            annotations.put(MIDDLEWARES, references);
        }
        return this;
    }

    /** For the whole site. */
    Routers lowestPriority() {
        return priority(SITE);
    }

    /**
     * The longest protected path has priority, and each over the whole site.
     *
     * @param path the protected path; empty for the fallback of all protected paths
     */
    Routers priorityOverSite(String path) {
        annotations.put(ROUTER + "pathmatcher", "PathRegexp");
        return priority(PROTECTION + path.length());
    }

    private Routers priority(int priority) {
        annotations.put(ROUTER + "priority", Integer.toString(priority));
        return this;
    }

    Map<String, String> annotations() {
        return Map.copyOf(annotations);
    }
}
