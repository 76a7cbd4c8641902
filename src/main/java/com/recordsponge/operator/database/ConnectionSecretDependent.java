package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.stream.Stream;

/** The Secret with the connection's variables. */
public class ConnectionSecretDependent extends PlannedDependents<Secret> {

    public ConnectionSecretDependent() {
        super(Secret.class, Step.DATABASE, EnvironmentPlan.DATABASE_SUFFIX);
    }

    @Override
    protected List<Secret> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Stream.ofNullable(plan.database())
                .map(database -> ConnectionSecrets.secret(plan, database))
                .toList();
    }
}
