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

/** Builds the Deployment of the application. */
public final class Deployments {

    /** On the pod template: changes with the data that pods read, and so rolls them. */
    public static final String CONFIG_DIGEST = "recordsponge.com/config-digest";

    /**
     * Time for the ingress controller to take a stopping pod out of its list before the pod stops accepting. Traefik
     * was seen to need up to 4 s on a busy machine; the rest is for one that is busier still.
     */
    static final int DRAIN_SECONDS = 20;

    private static final int LONGEST_REQUEST_SECONDS = 300;
    private static final long NOBODY = 65534;

    private Deployments() {}

    /**
     * Replaces pods one by one and never has fewer than asked for; a stopping pod finishes its requests, which may take
     * {@value #LONGEST_REQUEST_SECONDS} s.
     *
     * @param secretKey data of the generated session signing key (base64 as in the Secret); empty when it is brought
     */
    public static Deployment deployment(EnvironmentPlan plan, Map<String, String> secretKey) {
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
                .withAnnotations(Map.of(CONFIG_DIGEST, configDigest(plan, secretKey)))
                .endMetadata()
                .withSpec(pod(plan))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What {@link #CONFIG_DIGEST} is to be. */
    static String configDigest(EnvironmentPlan plan, Map<String, String> secretKey) {
        var connection = plan.database() == null
                ? Map.<String, String>of()
                : plan.database().variables();
        return Digest.of(Map.of(
                "consumed", plan.consumedData(),
                "secretKey", Digest.of(secretKey),
                "connection", Digest.of(connection)));
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
                // Going through every session file would delay each start.
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTopologySpreadConstraints(PodPlacement.spread(plan))
                .withAffinity(PodPlacement.affinity(plan))
                .withContainers(ApplicationContainer.of(plan, LONGEST_REQUEST_SECONDS))
                .withVolumes(PodVolumes.volumes(plan))
                .build();
    }

    private static List<LocalObjectReference> pullSecrets(EnvironmentPlan plan) {
        var secrets = plan.spec().image().pullSecrets();
        return secrets == null
                ? List.of()
                : secrets.stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList();
    }
}
