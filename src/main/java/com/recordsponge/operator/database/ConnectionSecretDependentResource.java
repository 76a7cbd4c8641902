package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import io.fabric8.kubernetes.api.model.Secret;

/** The connection Secret. */
public class ConnectionSecretDependentResource extends PlannedDependentResource<Secret> {

    public ConnectionSecretDependentResource() {
        super(Secret.class, Component.DATABASE, DatabasePlan.SUFFIX, ConnectionSecrets::secrets);
    }
}
