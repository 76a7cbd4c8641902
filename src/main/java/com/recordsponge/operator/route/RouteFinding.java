package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.route.RouteTransition.Waiting;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the state of the route from the Ingresses, and then from what the site answers. A site that lacks a part of its
 * route is asked too: a former route ends only by its answer.
 */
final class RouteFinding {

    private RouteFinding() {}

    static Finding of(RoutePlan plan, ReconciliationState state, RouteAnswer answer) {
        var blocker = state.plan().blocker(ROUTE);
        var blocked = blocker.map(Finding::of);
        var obstacle = blocker.filter(whole -> !whole.partial())
                .map(Finding::of)
                .or(() -> waiting(plan, state))
                .or(() -> withoutTransport(plan, state))
                .or(() -> plan.next().flatMap(route -> unserved(plan, route, state)));
        if (obstacle.isPresent()) {
            return blocked.orElse(obstacle.get());
        }
        var answered = withWarning(plan, answer.finding(plan, state));
        return answered.kind() == Finding.Kind.FAILING ? answered : blocked.orElse(answered);
    }

    /** A route that serves, with a warning if it serves something former. */
    private static Finding withWarning(RoutePlan plan, Finding answer) {
        return answer.isReady() ? formerUsers(plan).orElse(answer) : answer;
    }

    private static Optional<Finding> waiting(RoutePlan plan, ReconciliationState state) {
        return plan.step().waiting().map(waiting -> waiting(waiting, plan, state));
    }

    private static Finding waiting(Waiting waiting, RoutePlan plan, ReconciliationState state) {
        var message = message(waiting, plan, state) + meanwhile(plan, state);
        return waiting == Waiting.TRUST
                ? Finding.failing(ROUTE, Reason.UNTRUSTED_CERTIFICATE, message)
                : Finding.working(ROUTE, Reason.PENDING, message);
    }

    private static Optional<Finding> withoutTransport(RoutePlan plan, ReconciliationState state) {
        return plan.hasItsTransport() ? Optional.empty() : Optional.of(waiting(Waiting.MIDDLEWARES, plan, state));
    }

    private static String message(Waiting waiting, RoutePlan plan, ReconciliationState state) {
        return switch (waiting) {
            case CERTIFICATE ->
                "The route to %s waits for a valid certificate; CertificateReady reports its state."
                        .formatted(plan.wanted().host());
            case ALIASES ->
                "The route to %s waits for a certificate that covers it; CertificateReady reports its state."
                        .formatted(plan.waitingAliases().collect(Collectors.joining(", ")));
            case TRUST -> untrusted(state.plan().get(CertificatePlan.class));
            case MIDDLEWARES ->
                "The route waits until the ingress controller has loaded %s."
                        .formatted(plan.missing().collect(Collectors.joining(", ")));
        };
    }

    private static String untrusted(CertificatePlan certificate) {
        var issuer = certificate.issuer().orElseThrow();
        return "Clients do not accept the certificate of %s %s: neither ca.crt of Secret %s nor the operator's CA bundle nor the system trusts it; use an issuer that clients trust, or add its authority to the chart's ingressController.caConfigMap."
                .formatted(issuer.kind(), issuer.name(), certificate.secretName());
    }

    private static String meanwhile(RoutePlan plan, ReconciliationState state) {
        var served = served(plan, state);
        return served.isEmpty()
                ? ""
                : " Until then, %s served as before."
                        .formatted(String.join(", ", served) + (served.size() == 1 ? " is" : " are"));
    }

    /** The first Ingress that the ingress controller does not serve. */
    private static Optional<Finding> unserved(RoutePlan plan, SiteRoute route, ReconciliationState state) {
        return plan.parts(route).stream()
                .map(IngressPart::name)
                .flatMap(name -> {
                    var existing = state.owned().named(Ingress.class, name);
                    if (existing.isEmpty()) {
                        return Stream.of(Finding.working(
                                ROUTE, Reason.PENDING, "Ingress %s does not exist yet.".formatted(name)));
                    }
                    return ExistingRoutes.hasAddress(existing.get())
                            ? Stream.empty()
                            : Stream.of(Finding.working(
                                    ROUTE,
                                    Reason.ADDRESS_PENDING,
                                    "The controller of IngressClass %s has not written an address to Ingress %s; check that it runs and has an address."
                                            .formatted(route.form().ingressClass(), name)));
                })
                .findFirst();
    }

    private static Optional<Finding> formerUsers(RoutePlan plan) {
        return plan.options().basicAuth().stream()
                .flatMap(users -> users.flaw().stream())
                .map(flaw -> Finding.warning(ROUTE, flaw.reason(), flaw.message() + " " + flaw.meanwhile()))
                .findFirst();
    }

    /** The names that the Ingresses serve, without those of another environment, which the operator deletes. */
    static List<String> served(RoutePlan plan, ReconciliationState state) {
        return state.owned()
                .all(Ingress.class)
                .flatMap(Ingresses::hosts)
                .filter(host -> !plan.taken().contains(host))
                .distinct()
                .sorted()
                .toList();
    }
}
