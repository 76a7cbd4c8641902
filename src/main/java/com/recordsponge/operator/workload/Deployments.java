package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the Deployment of the application. */
final class Deployments {

    /** Annotation of the pod template. It changes with the data that pods read, which rolls the pods. */
    static final String CONFIG_DIGEST = "recordsponge.com/config-digest";

    /**
     * Time for the ingress controller to remove a stopping pod from its endpoints before the pod stops accepting
     * requests. Traefik needed up to 4 s on a busy machine; the rest is a margin.
     */
    static final int DRAIN_SECONDS = 20;

    private static final int LONGEST_REQUEST_SECONDS = 300;
    private static final long NOBODY = 65534;

    private Deployments() {}

    /**
     * Replaces pods one at a time and never runs fewer than requested; a stopping pod finishes its requests, which can
     * take {@value #LONGEST_REQUEST_SECONDS} s.
     *
     * @param sessionKey data of the generated session signing key (base64 as in the Secret); empty if it is provided
     */
    static Deployment deployment(EnvironmentPlan plan, Map<String, String> sessionKey) {
        return new DeploymentBuilder()
                .withMetadata(plan.metadata(plan.name()))
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
                .withAnnotations(Map.of(CONFIG_DIGEST, configDigest(plan, sessionKey)))
                .endMetadata()
                .withSpec(pod(plan))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** The value of {@link #CONFIG_DIGEST}. */
    static String configDigest(EnvironmentPlan plan, Map<String, String> sessionKey) {
        var digests = new TreeMap<>(plan.pods().digests());
        digests.put("consumed", plan.consumedData());
        digests.put("sessionKey", Digest.of(sessionKey));
        return Digest.of(digests);
    }

    private static PodSpec pod(EnvironmentPlan plan) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withImagePullSecrets(pullSecrets(plan))
                .withTerminationGracePeriodSeconds((long) DRAIN_SECONDS + LONGEST_REQUEST_SECONDS + 5)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withFsGroup(NOBODY)
                // Changing the owner of every session file would delay each start.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTopologySpreadConstraints(PodPlacement.spread(plan))
                .withAffinity(PodPlacement.affinity(plan))
                .withContainers(ApplicationContainer.of(plan, LONGEST_REQUEST_SECONDS))
                .addAllToContainers(plan.pods().containers())
                .withVolumes(PodVolumes.volumes(plan))
                .build();
    }

    private static List<LocalObjectReference> pullSecrets(EnvironmentPlan plan) {
        return plan.get(WorkloadPlan.class).imagePullSecrets().stream()
                .map(secret -> new LocalObjectReference(secret.name()))
                .toList();
    }
}
