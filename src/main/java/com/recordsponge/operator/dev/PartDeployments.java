package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.workload.PullSecrets;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.stream.Stream;

/** Builds the Deployments of the parts beside the application. */
final class PartDeployments {

    private PartDeployments() {}

    /** Nothing without the plan of a developer's environment. */
    static List<Deployment> deployments(EnvironmentPlan plan) {
        return plan.find(DevPlan.class).stream()
                .flatMap(_ -> Stream.of(FrontendPods.deployment(plan), PostgresPods.deployment(plan)))
                .flatMap(deployment -> deployment.stream())
                .toList();
    }

    /** The names of these Deployments, of their Services' and policies, too. */
    static List<String> names(String environment) {
        return List.of(FrontendPods.name(environment), PostgresPods.name(environment));
    }

    /** One pod, which must end before the next one starts: it alone writes to its volume. */
    static Deployment deployment(EnvironmentPlan plan, String name, String part, PodSpec pod) {
        return new DeploymentBuilder()
                .withMetadata(plan.metadata(name))
                .editMetadata()
                .withLabels(Labels.ofPart(plan.name(), part))
                .endMetadata()
                .withNewSpec()
                .withReplicas(Math.min(1, plan.replicas()))
                .withRevisionHistoryLimit(1)
                .withProgressDeadlineSeconds(1200)
                .withNewSelector()
                .withMatchLabels(Labels.selectorOfPart(plan.name(), part))
                .endSelector()
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Labels.ofPart(plan.name(), part))
                .endMetadata()
                .withSpec(pod)
                .editSpec()
                .withImagePullSecrets(PullSecrets.references(plan))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
