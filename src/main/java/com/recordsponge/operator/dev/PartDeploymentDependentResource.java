package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.UsedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;

/** The Deployments of the front end's server and of PostgreSQL. */
public class PartDeploymentDependentResource extends UsedDependentResource<Deployment> {

    public PartDeploymentDependentResource() {
        super(Deployment.class, Component.DEVELOPMENT, PartDeployments::deployments);
    }

    @Override
    protected boolean isNamed(Deployment object, RecordSpongeEnvironment environment) {
        return PartDeployments.names(environment.getMetadata().getName())
                .contains(object.getMetadata().getName());
    }

    @Override
    protected boolean isInUse(Deployment object, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return PartUse.isInUse(object.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected Duration grace() {
        return PartUse.GRACE;
    }
}
