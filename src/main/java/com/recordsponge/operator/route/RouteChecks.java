package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.host.HostConflicts;
import com.recordsponge.operator.host.SiteNames;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a route requires of the cluster and of the Secrets that it references. */
final class RouteChecks {

    private RouteChecks() {}

    /** A former route serves with the present options, which it would lose without Traefik's CRDs. */
    static Stream<Blocker> ingressClass(RoutePlan plan, PlanInput input) {
        return hasIngressClass(input)
                ? Stream.empty()
                : Stream.of(new Blocker(
                        ROUTE,
                        Reason.INGRESS_CLASS_NOT_FOUND,
                        "IngressClass %s does not exist; install its ingress controller or set ingress.className."
                                .formatted(plan.wanted().form().ingressClass()),
                        input.capabilities().traefik()));
    }

    private static boolean hasIngressClass(PlanInput input) {
        return input.capabilities().ingressController() != null;
    }

    /** Without the host, a former route serves with the present options. */
    static Stream<Blocker> host(RoutePlan plan, PlanInput input) {
        return HostConflicts.host(ROUTE, input)
                .map(blocker -> Blocker.partial(ROUTE, blocker.reason(), blocker.message()));
    }

    /** Whether a route that does not exist can begin. */
    static boolean canBegin(RouteOptions options, PlanInput input) {
        return hasIngressClass(input)
                && unsupported(options, input).isEmpty()
                && SiteNames.isAvailable(input.spec().host(), input);
    }

    /** The operator begins no route without a requested protection, but a former one of Traefik gets it. */
    static Stream<Blocker> middlewares(RoutePlan plan, PlanInput input) {
        var unsupported = unsupported(plan.options(), input);
        return unsupported.isEmpty()
                ? Stream.empty()
                : Stream.of(new Blocker(
                        ROUTE,
                        Reason.MIDDLEWARE_UNSUPPORTED,
                        "Only Traefik with its CRDs supports %s. Install it as the controller of the IngressClass, or remove the fields; until then no other route begins."
                                .formatted(String.join(", ", unsupported)),
                        input.capabilities().traefik()));
    }

    /** The requested fields that the controller of the IngressClass does not support. */
    private static List<String> unsupported(RouteOptions options, PlanInput input) {
        if (!hasIngressClass(input) || input.capabilities().middlewares()) {
            return List.of();
        }
        var requested = new ArrayList<String>();
        if (!Objects.requireNonNullElse(input.spec().aliases(), List.of()).isEmpty()) {
            requested.add("aliases");
        }
        options.hsts().ifPresent(_ -> requested.add("ingress.hsts"));
        if (!options.basicAuth().isEmpty()) {
            requested.add("ingress.basicAuth");
        }
        options.timeout().ifPresent(_ -> requested.add("ingress.timeout"));
        return requested;
    }

    /** The first flaw of the users of a path to which nobody has access. Everything else is served. */
    static Stream<Blocker> basicAuth(RoutePlan plan, PlanInput input) {
        return plan.options().basicAuth().stream()
                .filter(users -> users.copy().isEmpty())
                .flatMap(users -> users.flaw().stream())
                .map(flaw ->
                        Blocker.partial(ROUTE, flaw.reason(), flaw.message() + " Until then its paths are closed."))
                .limit(1);
    }
}
