package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.DatabasePlan;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The Service without selector of a database at an address. */
public class DatabaseServiceDependent extends PlannedDependents<Service> {

    public DatabaseServiceDependent() {
        super(Service.class, Step.DATABASE, EnvironmentPlan.DATABASE_SUFFIX);
    }

    @Override
    protected List<Service> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .filter(DatabasePlan::throughService)
                .map(database -> DatabaseEndpoints.service(plan, database))
                .toList();
    }
}
