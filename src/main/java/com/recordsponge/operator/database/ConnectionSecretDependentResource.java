package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The Secret with the connection's variables. */
public class ConnectionSecretDependentResource extends PlannedDependentResource<Secret> {

    public ConnectionSecretDependentResource() {
        super(Secret.class, Component.DATABASE, EnvironmentPlan.DATABASE_SUFFIX);
    }

    @Override
    protected List<Secret> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .map(database -> ConnectionSecrets.secret(plan, database))
                .toList();
    }
}
