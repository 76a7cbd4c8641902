package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Service in front of the application. */
public class ServiceDependent extends PlannedDependents<Service> {

    public ServiceDependent() {
        super(Service.class, Step.ROUTE, "");
    }

    @Override
    protected List<Service> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return List.of(Services.service(plan));
    }
}
