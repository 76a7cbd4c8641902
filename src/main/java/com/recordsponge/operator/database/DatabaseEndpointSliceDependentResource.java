package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The EndpointSlice that holds a database's address. */
public class DatabaseEndpointSliceDependentResource extends PlannedDependentResource<EndpointSlice> {

    public DatabaseEndpointSliceDependentResource() {
        super(EndpointSlice.class, Component.DATABASE);
    }

    @Override
    protected List<EndpointSlice> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .filter(DatabaseConnection::throughService)
                .map(database -> DatabaseEndpoints.slice(plan, database))
                .toList();
    }
}
