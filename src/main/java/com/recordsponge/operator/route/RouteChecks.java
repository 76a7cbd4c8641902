package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a route requires of the cluster and of the Secrets that it references. */
final class RouteChecks {

    private RouteChecks() {}

    static Stream<Blocker> ingressClass(RoutePlan plan, PlanInput input) {
        return input.capabilities().ingressController() != null
                ? Stream.empty()
                : Stream.of(new Blocker(
                        ROUTE,
                        Reason.INGRESS_CLASS_NOT_FOUND,
                        "IngressClass %s does not exist; install its ingress controller or set ingress.className."
                                .formatted(plan.ingressClass())));
    }

    /** The operator never serves a route without a requested protection. */
    static Stream<Blocker> middlewares(RoutePlan plan, PlanInput input) {
        var requested = new ArrayList<String>();
        if (!Objects.requireNonNullElse(input.spec().aliases(), List.of()).isEmpty()) {
            requested.add("aliases");
        }
        plan.hsts().ifPresent(_ -> requested.add("ingress.hsts"));
        if (!plan.basicAuth().isEmpty()) {
            requested.add("ingress.basicAuth");
        }
        plan.timeout().ifPresent(_ -> requested.add("ingress.timeout"));
        return requested.isEmpty() || input.capabilities().middlewares()
                ? Stream.empty()
                : Stream.of(new Blocker(
                        ROUTE,
                        Reason.MIDDLEWARE_UNSUPPORTED,
                        "Only Traefik with its CRDs supports %s. Install it as the controller of the IngressClass, or remove the fields; until then the operator does not change the route."
                                .formatted(String.join(", ", requested))));
    }

    /** The first flaw of the Secrets with users. */
    static Stream<Blocker> basicAuth(RoutePlan plan, PlanInput input) {
        return plan.basicAuth().stream()
                .flatMap(auth -> users(input.secret(auth.secret()), input).stream())
                .limit(1);
    }

    private static Optional<Blocker> users(Reference secret, PlanInput input) {
        var data = input.data(secret);
        if (data.isEmpty()) {
            return blocker(
                    Reason.SECRET_NOT_FOUND,
                    "%s of ingress.basicAuth does not exist; create it with htpasswd lines under the key users.",
                    secret);
        }
        if (!data.get().containsKey("users")) {
            return blocker(
                    Reason.SECRET_INCOMPLETE,
                    "%s of ingress.basicAuth has no key users; add htpasswd lines under it.",
                    secret);
        }
        return Htpasswd.flaw(data.get())
                .flatMap(flaw -> blocker(
                        Reason.SECRET_INVALID,
                        "%s of ingress.basicAuth %s; its paths remain closed until you correct it.",
                        secret,
                        flaw));
    }

    private static Optional<Blocker> blocker(Reason reason, String message, Object... arguments) {
        return Optional.of(new Blocker(ROUTE, reason, message.formatted(arguments)));
    }
}
