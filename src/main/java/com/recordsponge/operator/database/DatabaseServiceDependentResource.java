package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/**
 * The Services without selector of database servers at an address. The EndpointSlice owns its Service too, and so outlives
 * the pods.
 */
public class DatabaseServiceDependentResource extends VersionedDependentResource<Service> {

    public DatabaseServiceDependentResource() {
        super(Service.class, Component.DATABASE, DatabasePlan.SERVER_SUFFIX, DatabaseEndpoints::services);
    }

    @Override
    protected List<Service> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        var services = super.planned(plan, context);
        for (var service : services) {
            PlanContext.owned(context)
                    .named(EndpointSlice.class, service.getMetadata().getName())
                    .ifPresent(service::addOwnerReference);
        }
        return services;
    }

    @Override
    protected boolean blocksOwnerDeletion() {
        return true;
    }

    @Override
    protected boolean isInUse(Service server, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return ConnectionInUse.usesService(server.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected boolean isUnused(EnvironmentPlan plan) {
        return DatabasePlan.isUnused(plan);
    }
}
