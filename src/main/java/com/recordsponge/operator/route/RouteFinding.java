package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known of the route. */
public final class RouteFinding {

    private RouteFinding() {}

    public static Finding of(EnvironmentPlan plan, Collection<Ingress> ingresses) {
        var problem = plan.problem(Component.ROUTE);
        if (problem.isPresent()) {
            return Finding.of(problem.get());
        }
        var present = ingresses.stream()
                .collect(Collectors.toMap(ingress -> ingress.getMetadata().getName(), Function.identity()));
        for (var planned : Ingresses.ingresses(plan)) {
            var name = planned.getMetadata().getName();
            if (!present.containsKey(name)) {
                return Finding.working(Component.ROUTE, "RollingOut", "Ingress %s is not made yet.".formatted(name));
            }
            if (!admitted(present.get(name))) {
                return Finding.working(
                        Component.ROUTE,
                        "NotAdmitted",
                        "The controller of IngressClass %s has not taken up Ingress %s; check that it runs and has an address."
                                .formatted(plan.ingressClass(), name));
            }
        }
        return Finding.ready(
                Component.ROUTE,
                "Routed",
                "IngressClass %s serves %s."
                        .formatted(plan.ingressClass(), plan.spec().host()));
    }

    /** The names that the Ingresses serve; without those that are another's, whose Ingresses are on their way out. */
    public static List<String> served(EnvironmentPlan plan, Collection<Ingress> ingresses) {
        return ingresses.stream()
                .flatMap(Ingresses::hosts)
                .filter(host -> !plan.taken().contains(host))
                .distinct()
                .sorted()
                .toList();
    }

    /** An ingress controller that serves an Ingress writes the address under which it does. */
    private static boolean admitted(Ingress ingress) {
        return ingress.getStatus() != null
                && ingress.getStatus().getLoadBalancer() != null
                && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
    }
}
