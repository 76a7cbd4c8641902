package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.stream.Stream;

/** The objects of the route feature once nothing waits, for tests outside the package. */
public final class RouteObjects {

    private RouteObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.of(
                        List.of(service(plan)),
                        ingresses(plan),
                        UserSecrets.secrets(plan),
                        Middlewares.middlewares(plan),
                        ServersTransports.serversTransports(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    /** None for a host that the environment does not get, or in an IngressClass that does not exist. */
    private static List<Ingress> ingresses(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        return route.step().prepared().contains(route.wanted()) ? Ingresses.ingresses(plan, route.wanted()) : List.of();
    }

    /** The Service, with the ServersTransport that the spec requires. */
    public static Service service(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        var builder = Services.service(plan).edit().editMetadata();
        route.transport()
                .ifPresent(version -> builder.addToAnnotations(
                        Services.TRANSPORT, route.names().reference(version.name())));
        return builder.endMetadata().build();
    }
}
