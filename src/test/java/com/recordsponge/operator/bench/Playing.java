package com.recordsponge.operator.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Map;

/** What controllers that are not there would write into the status of objects. */
final class Playing {

    private Playing() {}

    static Deployment rolledOut(Deployment deployment) {
        var wanted = deployment.getSpec().getReplicas();
        return deployment
                .edit()
                .withNewStatus()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(wanted)
                .withUpdatedReplicas(wanted)
                .withReadyReplicas(wanted)
                .withAvailableReplicas(wanted)
                .endStatus()
                .build();
    }

    static Ingress admitted(Ingress ingress) {
        return ingress.edit()
                .withNewStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp("192.0.2.1")
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    static GenericKubernetesResource issued(GenericKubernetesResource certificate) {
        var ready = Map.of(
                "type", "Ready",
                "status", "True",
                "reason", "Ready",
                "message", "Certificate is up to date and has not expired",
                "lastTransitionTime", "2026-01-01T00:00:00Z",
                "observedGeneration", certificate.getMetadata().getGeneration());
        certificate.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions", List.of(ready),
                        "notAfter", "2126-01-01T00:00:00Z",
                        "renewalTime", "2125-12-01T00:00:00Z"));
        return certificate;
    }
}
