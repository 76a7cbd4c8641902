package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Deployment of the application. The NetworkPolicy of its name owns it too, and so outlives its pods. */
public class DeploymentDependentResource extends PlannedDependentResource<Deployment> {

    public DeploymentDependentResource() {
        super(Deployment.class, Component.WORKLOAD, "", _ -> List.of());
    }

    @Override
    protected List<Deployment> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        var owned = PlanContext.owned(context);
        var deployment = Deployments.deployment(plan, SessionKeys.data(plan, owned));
        owned.named(NetworkPolicy.class, plan.name()).ifPresent(deployment::addOwnerReference);
        return List.of(deployment);
    }

    @Override
    protected boolean blocksOwnerDeletion() {
        return true;
    }
}
