package com.recordsponge.operator.support;

import com.recordsponge.operator.certificate.Certificate;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What other controllers write into the operator's objects on success. */
public final class ControllerWrites {

    private ControllerWrites() {}

    /** The kubelet, when the container is ready. */
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

    /** The Deployment controller, when all pods are available. */
    public static Deployment rolledOut(Deployment deployment) {
        var replicas = deployment.getSpec().getReplicas();
        return deployment
                .edit()
                .withNewStatus()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(replicas)
                .withAvailableReplicas(replicas)
                .addNewCondition()
                .withType("Progressing")
                .withStatus("True")
                .withReason("NewReplicaSetAvailable")
                .endCondition()
                .endStatus()
                .build();
    }

    /** A Deployment controller whose new pods are not available in time. */
    public static Deployment deadlineExceeded(Deployment deployment) {
        return deployment
                .edit()
                .withNewStatus()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(1 + deployment.getSpec().getReplicas())
                .withUpdatedReplicas(1)
                .withReadyReplicas(deployment.getSpec().getReplicas())
                .withAvailableReplicas(deployment.getSpec().getReplicas())
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .withMessage("ReplicaSet has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();
    }

    /** An ingress controller that serves the Ingress. */
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

    /** The volume controller, before it writes {@link #boundStatus}. */
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

    /** The volume controller, after {@link #bound}. */
    public static PersistentVolumeClaim boundStatus(PersistentVolumeClaim claim) {
        return claim.edit()
                .withNewStatus()
                .withPhase("Bound")
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .endStatus()
                .build();
    }

    /** cert-manager, before it writes {@link #issued}. */
    public static Secret issuedSecret(Certificate certificate) {
        List<String> names = certificate.get("spec", "dnsNames");
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(certificate.getMetadata().getNamespace())
                .withName(certificate.get("spec", "secretName"))
                .withLabels(certificate.get("spec", "secretTemplate", "labels"))
                .addToAnnotations(
                        "cert-manager.io/certificate-name",
                        certificate.getMetadata().getName())
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withStringData(TestCertificate.of(names.toArray(String[]::new)))
                .build();
    }

    /** cert-manager, for the current spec. */
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
