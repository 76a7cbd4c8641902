package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.route.IngressPart.RoutedPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The Ingresses of one route, in the order in which they are applied: each protects or redirects what the next opens. */
final class IngressParts {

    static final String SITE = "";
    static final String ALIASES = "-aliases";

    static final String AUTH = "-auth";
    private static final String CLOSED = "-closed";
    static final String HTTP = "-http";

    private static final List<String> ORDER = List.of(AUTH, CLOSED, SITE, ALIASES, HTTP);

    private final RouteNames names;
    private final SiteRoute route;
    private final RouteOptions options;
    private final SiteMiddlewares middlewares;

    private IngressParts(RouteNames names, SiteRoute route, RouteOptions options) {
        this.names = names;
        this.route = route;
        this.options = options;
        this.middlewares = SiteMiddlewares.of(names, route, options);
    }

    static List<IngressPart> of(RouteNames names, SiteRoute route, RouteOptions options) {
        return new IngressParts(names, route, options).all();
    }

    /** The order in which an environment's Ingresses end, by name: the reverse of that in which they are applied. */
    static Comparator<String> ending(String environment) {
        return Comparator.comparingInt(name -> ORDER.reversed().stream()
                .takeWhile(kind -> !UniqueName.isVersion(name, environment, kind))
                .toList()
                .size());
    }

    private List<IngressPart> all() {
        var parts = new ArrayList<IngressPart>();
        middlewares.basicAuth().forEach((path, version) -> parts.add(basicAuth(path, version)));
        middlewares.closed().map(this::closed).ifPresent(parts::add);
        parts.add(site());
        middlewares.toHost().map(this::aliases).ifPresent(parts::add);
        middlewares.toHttps().map(this::plainHttp).ifPresent(parts::add);
        return parts;
    }

    private IngressPart site() {
        var routers = routers().middlewares(middlewares.chain(middlewares.hsts(), Optional.empty()));
        return part(
                names.ingress(SITE, route.form()),
                List.of(route.host()),
                List.of(RoutedPath.ALL),
                route.form().traefik() ? routers.lowestPriority() : routers);
    }

    private IngressPart aliases(Version toHost) {
        return part(
                names.ingress(ALIASES, route.form()),
                route.aliases(),
                List.of(RoutedPath.ALL),
                routers().middlewares(middlewares.chain(Optional.of(toHost), Optional.empty())));
    }

    /** Redirects every request over plain HTTP to HTTPS. */
    private IngressPart plainHttp(Version toHttps) {
        return new IngressPart(
                names.ingress(HTTP, route.form()),
                route.hosts(),
                List.of(RoutedPath.ALL),
                Routers.plainHttp(names)
                        .middlewares(middlewares.chain(Optional.of(toHttps), Optional.empty()))
                        .annotations(),
                false);
    }

    /** Protects a path. */
    private IngressPart basicAuth(String path, Version basicAuth) {
        return part(
                names.ingress(AUTH, route.form(), path),
                List.of(route.host()),
                protectedPaths(path),
                routers()
                        .priorityOverSite(path)
                        .middlewares(middlewares.chain(Optional.of(basicAuth), middlewares.hsts())));
    }

    /**
     * Denies the protected paths while Traefik cannot read their users: it drops the routes that require them, and the
     * route of the whole site would match next.
     */
    private IngressPart closed(Version closed) {
        var paths = options.basicAuth().stream()
                .flatMap(auth -> protectedPaths(auth.path()).stream())
                .distinct()
                .toList();
        return part(
                names.ingress(CLOSED, route.form()),
                List.of(route.host()),
                paths,
                routers().priorityOverSite("").middlewares(middlewares.chain(Optional.of(closed), Optional.empty())));
    }

    /**
     * Includes the folder itself, since Traefik's prefix /access/ does not match /access. Includes every path with an
     * encoded slash: Traefik considers it another path, the application the protected one.
     */
    private static List<RoutedPath> protectedPaths(String prefix) {
        var paths = new ArrayList<RoutedPath>();
        if (prefix.length() > 1 && prefix.endsWith("/")) {
            paths.add(new RoutedPath(prefix.substring(0, prefix.length() - 1), "Exact"));
        }
        paths.add(new RoutedPath(prefix, "Prefix"));
        paths.add(new RoutedPath("/.*%2[Ff]", "ImplementationSpecific"));
        return paths;
    }

    private Routers routers() {
        return Routers.of(names, route);
    }

    private IngressPart part(String name, List<String> hosts, List<RoutedPath> paths, Routers routers) {
        return new IngressPart(name, hosts, paths, routers.annotations(), route.tls());
    }
}
