package com.recordsponge.operator.route;

import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.host.SiteNames;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.probe.SiteRequest;
import com.recordsponge.operator.probe.Trust;
import com.recordsponge.operator.workload.PodSessions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan of a site's route.
 *
 * @param wanted the route that the spec requires
 * @param step what to do now to reach it
 * @param currentTransport the ServersTransport that the Service names now
 * @param currentUsers the copies of users that existing Middlewares name
 * @param absentUsers the copies of users that the route requires and that do not exist yet
 * @param keepsCookie whether the Service has a sticky cookie that visitors of the present pods need
 * @param taken names that another environment owns: none of this environment's objects can serve them
 */
record RoutePlan(
        RouteNames names,
        SiteRoute wanted,
        RouteOptions options,
        RouteTransition.Step step,
        Optional<String> currentTransport,
        Set<String> currentUsers,
        Set<String> absentUsers,
        Loaded loaded,
        boolean keepsCookie,
        Set<String> taken) {

    /** @param answered whether the site answers by the route of a form */
    static RoutePlan of(PlanInput input, Settling settling, Trust trust, Predicate<RouteForm> answered) {
        var names = RouteNames.of(input);
        var certificate = CertificatePlan.of(input);
        var existing = new ExistingRoutes(names, input.owned());
        var unnamed = existing.unnamed(usableSecret(certificate));
        var loaded = new Loaded(existing.named(), settling.settled(key(names), unnamed, input.now()));
        var options = RouteOptions.of(Optional.ofNullable(input.spec().ingress()), input, existing);
        var wanted = wanted(input, certificate);
        var taken = input.taken().keySet();
        Predicate<RouteForm> come = form -> options.closes(SiteRequest.PATH) || answered.test(form);
        return new RoutePlan(
                names,
                wanted,
                options,
                new RouteTransition(
                                wanted,
                                RouteChecks.canBegin(options, input),
                                options,
                                certificate,
                                new CertificateTrust(trust, input),
                                taken,
                                existing,
                                loaded,
                                come)
                        .step(),
                existing.transport(),
                existing.users(),
                options.users().filter(copy -> !existing.hasSecret(copy)).collect(Collectors.toUnmodifiableSet()),
                loaded,
                existing.hasCookie() && PodSessions.areApart(input.name(), input.owned()),
                taken);
    }

    private static SiteRoute wanted(PlanInput input, Optional<CertificatePlan> certificate) {
        var sites = SiteNames.of(input);
        var scheme = certificate.isPresent() ? RouteForm.Scheme.HTTPS : RouteForm.Scheme.HTTP;
        return new SiteRoute(
                new RouteForm(
                        sites.host(),
                        input.spec().ingressClass(),
                        input.capabilities().traefikController() ? scheme : RouteForm.Scheme.ANY),
                sites.aliases(),
                certificate.map(CertificatePlan::secretName),
                certificate.isPresent());
    }

    /** The Secret of the certificate, if it can be served. */
    static Optional<String> usableSecret(Optional<CertificatePlan> certificate) {
        return certificate.filter(CertificatePlan::usable).map(CertificatePlan::secretName);
    }

    /** By which {@link Settling} knows the environment. */
    static String key(RouteNames names) {
        return names.namespace() + "/" + names.environment();
    }

    /** The routes whose Ingresses can be applied now. */
    List<SiteRoute> applied() {
        return step.applied();
    }

    /** The routes whose Middlewares must exist. */
    List<SiteRoute> prepared() {
        return step.prepared();
    }

    /** The wanted route as it can be applied now, if it can. */
    Optional<SiteRoute> next() {
        return applied().stream()
                .filter(route -> route.form().equals(wanted.form()))
                .findFirst();
    }

    /** Whether a former route serves beside the wanted one, or in its place. */
    boolean hasFormer() {
        return applied().stream().anyMatch(route -> !route.form().equals(wanted.form()));
    }

    /** Whether the Service names the required ServersTransport, if one is required. */
    boolean hasItsTransport() {
        return transport().map(Version::name).equals(usedTransport());
    }

    /** Requested aliases that the certificate does not cover yet. */
    Stream<String> waitingAliases() {
        var served = next().map(SiteRoute::aliases).orElse(List.of());
        return wanted.aliases().stream().filter(alias -> !served.contains(alias));
    }

    /** The objects that the ingress controller has not loaded. */
    Stream<String> missing() {
        return Stream.of(
                        prepared().stream()
                                .flatMap(route -> middlewares(route).all())
                                .map(version -> Loaded.middleware(version.name())),
                        transport().stream().map(version -> Loaded.transport(version.name())),
                        absentUsers.stream().map(Loaded::secret))
                .flatMap(objects -> objects)
                .filter(object -> !loaded.permits(object))
                .distinct();
    }

    SiteMiddlewares middlewares(SiteRoute route) {
        return SiteMiddlewares.of(names, route, options);
    }

    List<IngressPart> parts(SiteRoute route) {
        return IngressParts.of(names, route, options);
    }

    /** The ServersTransport that the spec requires. */
    Optional<Version> transport() {
        return options.transport(names);
    }

    /** The ServersTransport that the Service can name now: the required one once it is loaded, until then the present one. */
    Optional<String> usedTransport() {
        return transport()
                .flatMap(version -> loaded.permits(Loaded.transport(version.name()))
                        ? Optional.of(version.name())
                        : currentTransport);
    }

    /** The copies of users that Traefik reads or will read. */
    Set<String> usedUsers() {
        return Stream.concat(currentUsers.stream(), options.users()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a browser can reach the site without TLS; it would ignore a secure cookie. */
    boolean plainHttp() {
        return !wanted.tls() || applied().stream().anyMatch(route -> !route.tls());
    }
}
