package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The EndpointSlices with the addresses of database servers. */
public class DatabaseEndpointSliceDependentResource extends VersionedDependentResource<EndpointSlice> {

    public DatabaseEndpointSliceDependentResource() {
        super(EndpointSlice.class, Component.DATABASE, DatabasePlan.SERVER_SUFFIX, DatabaseEndpoints::slices);
    }

    @Override
    protected boolean blocksOwnerDeletion() {
        return true;
    }

    @Override
    protected boolean isInUse(EndpointSlice server, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return ConnectionInUse.usesService(server.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected boolean isUnused(EnvironmentPlan plan) {
        return DatabasePlan.isUnused(plan);
    }
}
