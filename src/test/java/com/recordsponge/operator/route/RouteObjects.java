package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.stream.Stream;

/** The objects of the route feature, for tests outside the package. */
public final class RouteObjects {

    private RouteObjects() {}

    public static List<HasMetadata> of(EnvironmentPlan plan) {
        return Stream.of(
                        List.of(service(plan)),
                        Ingresses.ingresses(plan),
                        Middlewares.middlewares(plan),
                        ServersTransports.serversTransports(plan))
                .<HasMetadata>flatMap(List::stream)
                .toList();
    }

    public static Service service(EnvironmentPlan plan) {
        return Services.service(plan);
    }
}
