package com.recordsponge.operator.route;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Service in front of the application's pods. */
public final class Services {

    public static final int PORT = 80;

    private static final String TRAEFIK = "traefik.ingress.kubernetes.io/service.";

    private Services() {}

    /**
     * With a cookie that keeps a session on one of several pods, where sessions are files of the pod that made them. Where
     * they are not there is none: Traefik sends whoever has it to a stopping pod for as long as that exists, and for a
     * moment longer.
     */
    public static Service service(EnvironmentPlan plan) {
        return new ServiceBuilder()
                .withMetadata(plan.metadata(plan.name()))
                .editMetadata()
                .withAnnotations(annotations(plan))
                .endMetadata()
                .withNewSpec()
                .withSelector(Labels.selector(plan.name()))
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
        var annotations = new TreeMap<String, String>();
        if (plan.replicas() > 1 && plan.sessions().isEmpty()) {
            annotations.put(TRAEFIK + "sticky.cookie", "true");
            annotations.put(TRAEFIK + "sticky.cookie.name", "recordsponge-pod");
            annotations.put(TRAEFIK + "sticky.cookie.httponly", "true");
            annotations.put(TRAEFIK + "sticky.cookie.secure", Boolean.toString(plan.tls()));
        }
        if (plan.timeout().isPresent()) {
            annotations.put(TRAEFIK + "serverstransport", plan.namespace() + "-" + plan.name() + "@kubernetescrd");
        }
        return annotations;
    }
}
