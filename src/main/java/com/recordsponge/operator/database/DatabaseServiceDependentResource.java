package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The Services without selector of database servers at an address. */
public class DatabaseServiceDependentResource extends VersionedDependentResource<Service> {

    public DatabaseServiceDependentResource() {
        super(Service.class, Component.DATABASE, DatabasePlan.SERVER_SUFFIX, DatabaseEndpoints::services);
    }

    @Override
    protected boolean isInUse(Service server, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return ConnectionInUse.usesService(server.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }
}
