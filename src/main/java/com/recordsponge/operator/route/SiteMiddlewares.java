package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Middlewares that one route requires.
 *
 * @param basicAuth by the path that each protects, in the order of the spec
 * @param closed denies every request
 * @param guard changes nothing. When Traefik starts, it can load Ingresses before Middlewares, and has no routers then for
 *     the Ingresses that name one: neither must it have one for the whole site if a path is protected
 */
record SiteMiddlewares(
        Optional<Version> toHttps,
        Optional<Version> toHost,
        Optional<Version> hsts,
        Map<String, Version> basicAuth,
        Optional<Version> closed,
        Optional<Version> guard) {

    /** The broadcast address, which is never a source address (RFC 1122, section 3.2.1.3): allows no client. */
    private static final String NO_CLIENT = "255.255.255.255/32";

    static SiteMiddlewares of(RouteNames names, SiteRoute route, RouteOptions options) {
        if (!options.middlewares() || !route.form().traefik()) {
            return new SiteMiddlewares(
                    Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
        }
        return new SiteMiddlewares(
                route.tls() ? Optional.of(toHttps(names)) : Optional.empty(),
                route.aliases().isEmpty() ? Optional.empty() : Optional.of(toHost(names, route)),
                options.hsts().filter(_ -> route.tls()).map(hsts -> hsts(names, hsts)),
                basicAuth(names, route, options),
                options.basicAuth().isEmpty() ? Optional.empty() : Optional.of(closed(names)),
                options.basicAuth().isEmpty() ? Optional.empty() : Optional.of(guard(names)));
    }

    /** All versions. */
    Stream<Version> all() {
        return Stream.of(
                        toHttps.stream(),
                        toHost.stream(),
                        hsts.stream(),
                        basicAuth.values().stream(),
                        closed.stream(),
                        guard.stream())
                .flatMap(versions -> versions);
    }

    private static Version toHttps(RouteNames names) {
        return Version.of(names, "-to-https", "redirectScheme", Map.of("scheme", "https", "permanent", true));
    }

    private static Version toHost(RouteNames names, SiteRoute route) {
        return Version.of(
                names,
                "-to-host",
                "redirectRegex",
                Map.of("regex", "^https?://[^/]+/(.*)", "replacement", route.url() + "/${1}", "permanent", true));
    }

    private static Version hsts(RouteNames names, RouteOptions.Hsts hsts) {
        return Version.of(
                names,
                "-hsts",
                "headers",
                Map.of(
                        "stsSeconds",
                        CustomObjects.number(hsts.maxAge().toSeconds()),
                        "stsIncludeSubdomains",
                        hsts.includeSubdomains()));
    }

    private static Map<String, Version> basicAuth(RouteNames names, SiteRoute route, RouteOptions options) {
        var versions = new LinkedHashMap<String, Version>();
        options.basicAuth().forEach(users -> users.copy()
                .ifPresent(copy -> versions.put(users.path(), basicAuth(names, copy, route))));
        return versions;
    }

    private static Version basicAuth(RouteNames names, String users, SiteRoute route) {
        return Version.of(
                names, "-auth", "basicAuth", Map.of("secret", users, "realm", route.host(), "removeHeader", true));
    }

    /** An empty value removes a header, which no application sends. */
    private static Version guard(RouteNames names) {
        return Version.of(
                names, "-guard", "headers", Map.of("customResponseHeaders", Map.of("X-RecordSponge-Guard", "")));
    }

    private static Version closed(RouteNames names) {
        return Version.of(names, "-closed", "ipAllowList", Map.of("sourceRange", List.of(NO_CLIENT)));
    }
}
