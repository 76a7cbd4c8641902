package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The Service without selector of a database at an address. */
public class DatabaseServiceDependentResource extends PlannedDependentResource<Service> {

    public DatabaseServiceDependentResource() {
        super(Service.class, Component.DATABASE, EnvironmentPlan.DATABASE_SUFFIX);
    }

    @Override
    protected List<Service> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .filter(DatabaseConnection::throughService)
                .map(database -> DatabaseEndpoints.service(plan, database))
                .toList();
    }
}
