package com.recordsponge.operator.route;

import com.recordsponge.operator.certificate.CertificatePlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The step from the routes that exist to the one that is wanted. Whatever serves goes on serving until what replaces it
 * does: a route refers only to what the ingress controller has loaded, and ends once the wanted one has taken over.
 *
 * @param wanted the route that the spec requires
 * @param canBegin whether the environment gets the wanted host, and its IngressClass exists and supports the options; a
 *     route that serves goes on without
 * @param options what the ingress controller adds to each route
 * @param certificate empty for plain HTTP
 * @param trust whether visitors would lose by the certificate
 * @param taken names that another environment owns
 * @param answered whether the site answers by the route of a form
 */
record RouteTransition(
        SiteRoute wanted,
        boolean canBegin,
        RouteOptions options,
        Optional<CertificatePlan> certificate,
        CertificateTrust trust,
        Set<String> taken,
        ExistingRoutes existing,
        Loaded loaded,
        Predicate<RouteForm> answered) {

    /**
     * What to do now.
     *
     * @param prepared the routes whose Middlewares must exist
     * @param applied the routes to apply as they are here
     * @param kept whether there are routes whose Ingresses must stay as they are
     * @param waiting what the wanted route waits for
     */
    record Step(List<SiteRoute> prepared, List<SiteRoute> applied, boolean kept, Optional<Waiting> waiting) {}

    /** What the wanted route waits for. */
    enum Waiting {
        /** A usable certificate: nothing serves the host yet. */
        CERTIFICATE,
        /** A usable certificate for all names: the host is served, but not every alias. */
        ALIASES,
        /** A certificate that clients accept, as they accept the one that serves. */
        TRUST,
        /** Middlewares or a ServersTransport that the ingress controller has not loaded. */
        MIDDLEWARES
    }

    Step step() {
        var current = existing.find(wanted.form()).filter(route -> !taken.contains(route.host()));
        var possible = canBegin || current.isPresent();
        var valid = certificate.filter(CertificatePlan::usable);
        var untrusted = valid.filter(plan ->
                        current.filter(route -> trust.losesBy(plan, route)).isPresent())
                .isPresent();
        var usable = valid.filter(_ -> !untrusted)
                .map(CertificatePlan::secretName)
                .filter(secret -> loaded.permits(Loaded.secret(secret)));
        var covered = certificate.isEmpty() || usable.isPresent();
        var secret = usable.or(() -> current.flatMap(SiteRoute::tlsSecret).filter(_ -> certificate.isPresent()));
        var served = certificate.isEmpty() || secret.isPresent();
        var others = existing.all().stream()
                .filter(route -> !route.form().equals(wanted.form()))
                .filter(route -> !taken.contains(route.host()))
                .map(route -> withoutEndedAliases(route, ownedNames()))
                .toList();
        var all = aliases(others);
        var aliases =
                covered ? all : common(all, current.map(SiteRoute::aliases).orElse(List.of()));
        var next = new SiteRoute(wanted.form(), aliases, secret.or(wanted::tlsSecret), wanted.redirects());
        var ready = possible && served && isLoaded(next) && (current.isPresent() || isTransportLoaded());
        if (hasTakenOver(next.besides(others), covered)) {
            others = List.of();
        }
        next = next.besides(others);
        if (others.isEmpty() && covered) {
            next = next.with(wanted.aliases());
        }
        ready &= isLoaded(next);
        if (ready) {
            others = others.stream()
                    .map(route -> withoutEndedAliases(route, wanted.aliases()).besides(List.of(wanted)))
                    .toList();
        }
        var wants = possible ? Stream.of(wanted, next) : Stream.<SiteRoute>empty();
        var prepared = Stream.concat(wants, others.stream()).toList();
        var loadedOthers = others.stream().filter(this::isLoaded);
        var applied = (ready ? Stream.concat(Stream.of(next), loadedOthers) : loadedOthers).toList();
        var kept = existing.hasAny(wanted.form()) && !ready || !applied.containsAll(others);
        var waiting = untrusted ? Optional.of(Waiting.TRUST) : waiting(next, served, covered, ready);
        return new Step(prepared, applied, kept, possible ? waiting : Optional.empty());
    }

    private Optional<Waiting> waiting(SiteRoute next, boolean served, boolean covered, boolean ready) {
        if (!served) {
            return Optional.of(Waiting.CERTIFICATE);
        }
        if (!ready) {
            return Optional.of(Waiting.MIDDLEWARES);
        }
        return covered || next.aliases().containsAll(wanted.aliases())
                ? Optional.empty()
                : Optional.of(Waiting.ALIASES);
    }

    /**
     * An alias that the spec no longer names ends at once. One that becomes the host redirects until its own route can be
     * applied, and no longer: its router would win over that of the site.
     */
    private static SiteRoute withoutEndedAliases(SiteRoute route, List<String> names) {
        return route.with(common(route.aliases(), names));
    }

    /** The names of the wanted route that no other environment owns. */
    private List<String> ownedNames() {
        return wanted.hosts().stream().filter(name -> !taken.contains(name)).toList();
    }

    /** The aliases of the wanted route: a route of another host keeps its own until it ends. */
    private List<String> aliases(List<SiteRoute> others) {
        return wanted.aliases().stream()
                .filter(alias -> others.stream()
                        .filter(route -> !route.host().equals(wanted.host()))
                        .noneMatch(route -> route.hosts().contains(alias)))
                .toList();
    }

    private static List<String> common(List<String> names, List<String> others) {
        return names.stream().filter(others::contains).toList();
    }

    private boolean isLoaded(SiteRoute route) {
        return options.users().allMatch(existing::hasSecret)
                && SiteMiddlewares.of(existing.names(), route, options)
                        .all()
                        .allMatch(version -> loaded.permits(Loaded.middleware(version.name())));
    }

    private boolean isTransportLoaded() {
        return options.transport(existing.names())
                .filter(version -> !loaded.permits(Loaded.transport(version.name())))
                .isEmpty();
    }

    /** Whether the wanted route serves, so that others can end. */
    private boolean hasTakenOver(SiteRoute next, boolean covered) {
        return canBegin
                && covered
                && answered.test(next.form())
                && IngressParts.of(existing.names(), next, options).stream()
                        .map(IngressPart::name)
                        .allMatch(existing::isAdmitted);
    }
}
