package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.IngressSpec;
import com.recordsponge.operator.plan.Durations;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.probe.SiteIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ingress controller adds to a route.
 *
 * @param middlewares whether the cluster serves Traefik's Middlewares
 * @param identity by which responses of the site are known
 * @param timeout how long the ingress controller waits for a response to begin; empty for its own default
 */
record RouteOptions(
        boolean middlewares, String identity, Optional<Hsts> hsts, List<Users> basicAuth, Optional<Duration> timeout) {

    private static final Duration A_YEAR = Duration.ofDays(365);

    /** Strict-Transport-Security. */
    record Hsts(Duration maxAge, boolean includeSubdomains) {

        private static Hsts of(IngressSpec.Hsts spec) {
            return new Hsts(
                    spec.maxAge() == null ? A_YEAR : Durations.parse(spec.maxAge()),
                    Boolean.TRUE.equals(spec.includeSubdomains()));
        }
    }

    static RouteOptions of(Optional<IngressSpec> ingress, PlanInput input, ExistingRoutes existing) {
        return new RouteOptions(
                input.capabilities().traefik(),
                SiteIdentity.of(input.environment()),
                ingress.map(IngressSpec::hsts).map(Hsts::of),
                ingress.map(IngressSpec::basicAuth).orElse(List.of()).stream()
                        .map(auth -> Users.of(auth, input, existing.names(), existing.users(auth.path())))
                        .toList(),
                ingress.map(IngressSpec::timeout).map(Durations::parse));
    }

    /** Whether a path requires a password, as Traefik compares paths. */
    boolean protects(String path) {
        return protecting(path).findAny().isPresent();
    }

    /** Whether a path is denied to everybody, since what protects it has no users. */
    boolean closes(String path) {
        return protects(path) && protecting(path).allMatch(users -> users.copy().isEmpty());
    }

    private Stream<Users> protecting(String path) {
        return basicAuth.stream().filter(users -> path.startsWith(users.path().replaceFirst("/$", "")));
    }

    /** The copies of users that protect its paths. */
    Stream<String> users() {
        return basicAuth.stream().flatMap(path -> path.copy().stream());
    }

    /** The ServersTransport with the timeout. */
    Optional<Version> transport(RouteNames names) {
        return timeout.filter(_ -> middlewares)
                .map(limit -> Version.of(
                        names, "", "forwardingTimeouts", Map.of("responseHeaderTimeout", limit.toSeconds() + "s")));
    }
}
