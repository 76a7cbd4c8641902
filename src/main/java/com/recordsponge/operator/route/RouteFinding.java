package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;

/** Reads the state of the route from the Ingresses. */
final class RouteFinding {

    private RouteFinding() {}

    static Finding of(RoutePlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(ROUTE);
        if (blocker.isPresent()) {
            return Finding.of(blocker.get());
        }
        for (var planned : Ingresses.ingresses(state.plan())) {
            var name = planned.getMetadata().getName();
            var existing = state.owned().named(Ingress.class, name);
            if (existing.isEmpty()) {
                return Finding.working(ROUTE, Reason.PENDING, "Ingress %s does not exist yet.".formatted(name));
            }
            if (!hasAddress(existing.get())) {
                return Finding.working(
                        ROUTE,
                        Reason.ADDRESS_PENDING,
                        "The controller of IngressClass %s has not written an address to Ingress %s; check that it runs and has an address."
                                .formatted(plan.ingressClass(), name));
            }
        }
        return Finding.ready(
                ROUTE,
                Reason.ROUTED,
                "IngressClass %s serves %s."
                        .formatted(plan.ingressClass(), plan.names().host()));
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

    /** An ingress controller writes the address at which it serves an Ingress. */
    private static boolean hasAddress(Ingress ingress) {
        return ingress.getStatus() != null
                && ingress.getStatus().getLoadBalancer() != null
                && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
    }
}
