package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.DatabasePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The EndpointSlice that holds a database's address. */
public class DatabaseEndpointSliceDependent extends PlannedDependents<EndpointSlice> {

    public DatabaseEndpointSliceDependent() {
        super(EndpointSlice.class, Step.DATABASE);
    }

    @Override
    protected List<EndpointSlice> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .filter(DatabasePlan::throughService)
                .map(database -> DatabaseEndpoints.slice(plan, database))
                .toList();
    }
}
