package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.probe.SiteIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Middlewares that one route requires.
 *
 * @param identity marks every response of the site, also redirects and refusals, since it comes first. All Ingresses name it:
 *     when Traefik starts, it can load Ingresses before Middlewares, and has no routers then for the Ingresses that name one.
 *     So it never has one for the whole site before those of the protected paths
 * @param basicAuth by the path that each protects, in the order of the spec
 * @param closed denies every request
 */
record SiteMiddlewares(
        Optional<Version> identity,
        Optional<Version> toHttps,
        Optional<Version> toHost,
        Optional<Version> hsts,
        Map<String, Version> basicAuth,
        Optional<Version> closed) {

    /** The broadcast address, which is never a source address (RFC 1122, section 3.2.1.3): allows no client. */
    private static final String NO_CLIENT = "255.255.255.255/32";

    static SiteMiddlewares of(RouteNames names, SiteRoute route, RouteOptions options) {
        if (!options.middlewares() || !route.form().traefik()) {
            return new SiteMiddlewares(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
        }
        return new SiteMiddlewares(
                Optional.of(identity(names, options)),
                route.redirects() ? Optional.of(toHttps(names)) : Optional.empty(),
                route.aliases().isEmpty() ? Optional.empty() : Optional.of(toHost(names, route)),
                options.hsts().filter(_ -> route.tls()).map(hsts -> hsts(names, hsts)),
                basicAuth(names, route, options),
                options.basicAuth().isEmpty() ? Optional.empty() : Optional.of(closed(names)));
    }

    /** All versions. */
    Stream<Version> all() {
        return Stream.of(
                        identity.stream(),
                        toHttps.stream(),
                        toHost.stream(),
                        hsts.stream(),
                        basicAuth.values().stream(),
                        closed.stream())
                .flatMap(versions -> versions);
    }

    /** Middlewares in the order in which they apply, after the one that all Ingresses have. */
    Stream<Version> chain(Optional<Version> first, Optional<Version> second) {
        return Stream.of(identity, first, second).flatMap(Optional::stream);
    }

    private static Version identity(RouteNames names, RouteOptions options) {
        return Version.of(
                names,
                "-identity",
                "headers",
                Map.of("customResponseHeaders", Map.of(SiteIdentity.HEADER, options.identity())));
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

    private static Version closed(RouteNames names) {
        return Version.of(names, "-closed", "ipAllowList", Map.of("sourceRange", List.of(NO_CLIENT)));
    }
}
