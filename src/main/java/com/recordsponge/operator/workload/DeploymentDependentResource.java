package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;

/** The Deployment of the application. */
public class DeploymentDependentResource extends PlannedDependentResource<Deployment> {

    public DeploymentDependentResource() {
        super(Deployment.class, Component.WORKLOAD, _ -> List.of());
    }

    @Override
    protected List<Deployment> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return List.of(Deployments.deployment(plan, generatedKey(plan, context)));
    }

    /** Data of the generated session signing key; empty if the key is provided or does not exist yet. */
    static Map<String, String> generatedKey(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        var workload = plan.get(WorkloadPlan.class);
        return context.getSecondaryResourcesAsStream(Secret.class)
                .filter(secret -> workload.generatesSessionKey()
                        && secret.getMetadata()
                                .getName()
                                .equals(workload.sessionKey().name()))
                .map(Secret::getData)
                .findFirst()
                .orElse(Map.of());
    }
}
