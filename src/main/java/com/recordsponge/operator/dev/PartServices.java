package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds the Services between the parts: the front end's way to the back end, and the back end's to PostgreSQL. */
final class PartServices {

    static final int BACKEND_PORT = 5000;

    private PartServices() {}

    static List<Service> services(EnvironmentPlan plan) {
        return plan.find(DevPlan.class).stream()
                .flatMap(dev -> Stream.concat(
                        dev.frontend().stream()
                                .map(_ -> service(
                                        plan,
                                        backend(plan.name()),
                                        Labels.selector(plan.name()),
                                        BACKEND_PORT,
                                        "http")),
                        dev.postgres().stream()
                                .map(_ -> service(
                                        plan,
                                        PostgresPods.name(plan.name()),
                                        Labels.selectorOfPart(plan.name(), PostgresPods.PART),
                                        PostgresPods.PORT,
                                        PostgresPods.PART))))
                .toList();
    }

    static List<String> names(String environment) {
        return List.of(backend(environment), PostgresPods.name(environment));
    }

    /** host:port of the back end. */
    static String backendAddress(EnvironmentPlan plan) {
        return backend(plan.name()) + ":" + BACKEND_PORT;
    }

    static String backend(String environment) {
        return environment + "-" + BackendPods.PART;
    }

    private static Service service(
            EnvironmentPlan plan, String name, Map<String, String> selector, int port, String target) {
        return new ServiceBuilder()
                .withMetadata(plan.metadata(name))
                .withNewSpec()
                .withSelector(selector)
                .addNewPort()
                .withName(target)
                .withProtocol("TCP")
                .withPort(port)
                .withTargetPort(new IntOrString(target))
                .endPort()
                .endSpec()
                .build();
    }
}
