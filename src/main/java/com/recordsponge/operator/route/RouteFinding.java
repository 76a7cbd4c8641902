package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Step;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Collection;
import java.util.stream.Collectors;

/** What is known of the route. */
public final class RouteFinding {

    private RouteFinding() {}

    public static Finding of(EnvironmentPlan plan, Collection<Ingress> ingresses) {
        var problem = plan.problem(Step.ROUTE);
        if (problem.isPresent()) {
            return Finding.of(problem.get());
        }
        var present = ingresses.stream()
                .map(ingress -> ingress.getMetadata().getName())
                .collect(Collectors.toSet());
        var missing = Ingresses.ingresses(plan).stream()
                .map(ingress -> ingress.getMetadata().getName())
                .filter(name -> !present.contains(name))
                .toList();
        return missing.isEmpty()
                ? Finding.ready(
                        Step.ROUTE,
                        "Routed",
                        "IngressClass %s serves %s."
                                .formatted(plan.ingressClass(), plan.spec().host()))
                : Finding.working(
                        Step.ROUTE, "RollingOut", "Ingress %s is not made yet.".formatted(missing.getFirst()));
    }
}
