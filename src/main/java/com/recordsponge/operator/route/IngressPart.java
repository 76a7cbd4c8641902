package com.recordsponge.operator.route;

import java.util.List;
import java.util.Map;

/**
 * One Ingress of a route. Its annotations configure all of its routers in Traefik, so each combination of entry point and
 * middlewares is an Ingress of its own.
 *
 * @param annotations for Traefik; empty for other controllers
 * @param tls whether it serves the route's certificate
 */
record IngressPart(
        String name, List<String> hosts, List<RoutedPath> paths, Map<String, String> annotations, boolean tls) {

    /** A path as an Ingress names it. */
    record RoutedPath(String path, String type) {

        static final RoutedPath ALL = new RoutedPath("/", "Prefix");
    }
}
