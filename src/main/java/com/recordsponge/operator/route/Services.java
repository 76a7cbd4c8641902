package com.recordsponge.operator.route;

import com.recordsponge.operator.dev.Entrance;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Service in front of the pods that serve the site. */
final class Services {

    static final int PORT = 80;

    private static final String TRAEFIK = "traefik.ingress.kubernetes.io/service.";

    static final String TRANSPORT = TRAEFIK + "serverstransport";

    static final String COOKIE = TRAEFIK + "sticky.cookie";

    private Services() {}

    /**
     * Uses a cookie, which keeps a visitor on one of several pods, only if sessions are files of the pod that created
     * them, and as long as such pods serve: Traefik sends requests with the cookie to a stopping pod as long as it exists,
     * and a moment longer.
     */
    static Service service(EnvironmentPlan plan) {
        return new ServiceBuilder()
                .withMetadata(plan.metadata(plan.get(RoutePlan.class).names().service()))
                .editMetadata()
                .withAnnotations(annotations(plan))
                .endMetadata()
                .withNewSpec()
                .withSelector(Entrance.selector(plan))
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(PORT)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }

    private static Map<String, String> annotations(EnvironmentPlan plan) {
        var route = plan.get(RoutePlan.class);
        var annotations = new TreeMap<String, String>();
        if (route.keepsCookie() || plan.replicas() > 1 && !plan.pods().shareVolume()) {
            annotations.put(COOKIE, "true");
            annotations.put(COOKIE + ".name", "recordsponge-pod");
            annotations.put(COOKIE + ".httponly", "true");
            annotations.put(COOKIE + ".secure", Boolean.toString(!route.plainHttp()));
        }
        route.usedTransport()
                .ifPresent(transport -> annotations.put(TRANSPORT, route.names().reference(transport)));
        return annotations;
    }
}
