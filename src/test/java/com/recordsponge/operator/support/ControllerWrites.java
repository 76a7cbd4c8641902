package com.recordsponge.operator.support;

import com.recordsponge.operator.certificate.Certificate;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What other controllers write into the objects that the operator makes, when all goes well. */
public final class ControllerWrites {

    private ControllerWrites() {}

    /** By the kubelet, when its container is ready. */
    public static Pod running(Pod pod) {
        var image = pod.getSpec().getContainers().getFirst().getImage();
        return pod.edit()
                .editOrNewStatus()
                .withPhase("Running")
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withLastTransitionTime(Instant.now().toString())
                        .build())
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(pod.getSpec().getContainers().getFirst().getName())
                        .withImage(image)
                        .withImageID(image + "@sha256:" + Integer.toHexString(image.hashCode()))
                        .withReady(true)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build())
                .endStatus()
                .build();
    }

    /** By the Deployment controller, when all pods are there. */
    public static Deployment rolledOut(Deployment deployment) {
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

    /** By an ingress controller that serves it. */
    public static Ingress admitted(Ingress ingress) {
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

    /** By the volume controller, which has found a volume; its status follows. */
    public static PersistentVolumeClaim bound(PersistentVolumeClaim claim) {
        return claim.edit()
                .editMetadata()
                .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                .endMetadata()
                .editSpec()
                .withVolumeName("volume-of-" + claim.getMetadata().getName())
                .endSpec()
                .build();
    }

    /** By the volume controller, once the claim has its volume. */
    public static PersistentVolumeClaim withStatusOfBound(PersistentVolumeClaim claim) {
        return claim.edit()
                .withNewStatus()
                .withPhase("Bound")
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .endStatus()
                .build();
    }

    /** By cert-manager, for the newest spec. */
    public static Certificate issued(Certificate certificate) {
        certificate.setAdditionalProperty(
                "status",
                Map.of(
                        "notAfter",
                        "2099-01-01T00:00:00Z",
                        "renewalTime",
                        "2098-12-01T00:00:00Z",
                        "conditions",
                        List.of(Map.of(
                                "type",
                                "Ready",
                                "status",
                                "True",
                                "reason",
                                "Ready",
                                "message",
                                "issued",
                                "observedGeneration",
                                certificate.getMetadata().getGeneration()))));
        return certificate;
    }
}
