package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Service in front of the application. */
public class ServiceDependentResource extends PlannedDependentResource<Service> {

    public ServiceDependentResource() {
        super(Service.class, Component.ROUTE, "");
    }

    @Override
    protected List<Service> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return List.of(Services.service(plan));
    }
}
