package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PodSecretDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;

/** The connection Secret. */
public class ConnectionSecretDependentResource extends PodSecretDependentResource {

    public ConnectionSecretDependentResource() {
        super(Component.DATABASE, ConnectionSecrets.SUFFIX, ConnectionSecrets::secrets);
    }

    @Override
    protected boolean isUnused(EnvironmentPlan plan) {
        return DatabasePlan.isUnused(plan);
    }
}
