package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import io.fabric8.kubernetes.api.model.Service;

/** The Service without selector of a database server at an address. */
public class DatabaseServiceDependentResource extends PlannedDependentResource<Service> {

    public DatabaseServiceDependentResource() {
        super(Service.class, Component.DATABASE, DatabasePlan.SUFFIX, DatabaseEndpoints::services);
    }
}
