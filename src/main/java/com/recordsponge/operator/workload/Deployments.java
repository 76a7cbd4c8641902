package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.image.ImagePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.SecretsInUse;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the Deployment of the application. */
final class Deployments {

    /**
     * Time for the ingress controller to remove a stopping pod from its endpoints before the pod stops accepting
     * requests. Traefik needed up to 4 s on a busy machine; the rest is a margin.
     */
    static final int DRAIN_SECONDS = 20;

    private static final int LONGEST_REQUEST_SECONDS = 300;

    private Deployments() {}

    /**
     * Replaces pods one at a time and never runs fewer than requested; a stopping pod finishes its requests, which can
     * take {@value #LONGEST_REQUEST_SECONDS} s.
     *
     * @param sessionKey what pods read of the session signing key
     */
    static Deployment deployment(EnvironmentPlan plan, PodData sessionKey) {
        return new DeploymentBuilder()
                .withMetadata(plan.metadata(plan.name()))
                .editMetadata()
                .addToAnnotations(plan.get(ImagePlan.class).annotations())
                .endMetadata()
                .withNewSpec()
                .withReplicas(plan.replicas())
                .withRevisionHistoryLimit(3)
                .withProgressDeadlineSeconds((int) plan.progressDeadline().toSeconds())
                .withNewSelector()
                .withMatchLabels(Labels.selector(plan.name()))
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(new IntOrString(1))
                .withMaxUnavailable(new IntOrString(0))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(plan.labels())
                .withAnnotations(annotations(plan))
                .endMetadata()
                .withSpec(pod(plan, sessionKey))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** The Secrets that the pods of a plan read. */
    static Set<String> secrets(EnvironmentPlan plan, PodData sessionKey) {
        return SecretsInUse.names(pod(plan, sessionKey)).collect(Collectors.toSet());
    }

    private static Map<String, String> annotations(EnvironmentPlan plan) {
        var restart = plan.get(WorkloadPlan.class).restart();
        return restart == null ? null : Map.of(RequestAnnotation.RESTART.toString(), restart);
    }

    private static PodSpec pod(EnvironmentPlan plan, PodData sessionKey) {
        var application = ApplicationContainer.of(plan, sessionKey, LONGEST_REQUEST_SECONDS);
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withImagePullSecrets(PullSecrets.references(plan))
                .withTerminationGracePeriodSeconds((long) DRAIN_SECONDS + LONGEST_REQUEST_SECONDS + 5)
                .withSecurityContext(PodSecurity.pod(PodSecurity.NOBODY))
                .withTopologySpreadConstraints(PodPlacement.spread(plan))
                .withAffinity(PodPlacement.affinity(plan))
                .withInitContainers(
                        ApplicationContainer.beside(application, plan.pods().initContainers()))
                .withContainers(application)
                .addAllToContainers(
                        ApplicationContainer.beside(application, plan.pods().containers()))
                .withVolumes(PodVolumes.volumes(plan))
                .build();
    }
}
