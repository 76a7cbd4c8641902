package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.UsedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;

/** The Services between the parts. */
public class PartServiceDependentResource extends UsedDependentResource<Service> {

    public PartServiceDependentResource() {
        super(Service.class, Component.DEVELOPMENT, PartServices::services);
    }

    @Override
    protected boolean isNamed(Service object, RecordSpongeEnvironment environment) {
        return PartServices.names(environment.getMetadata().getName())
                .contains(object.getMetadata().getName());
    }

    @Override
    protected boolean isInUse(Service object, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return PartUse.isInUse(object.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected Duration grace() {
        return PartUse.GRACE;
    }
}
