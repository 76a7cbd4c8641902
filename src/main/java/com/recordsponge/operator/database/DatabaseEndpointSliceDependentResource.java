package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** The EndpointSlice with the address of a database server. */
public class DatabaseEndpointSliceDependentResource extends PlannedDependentResource<EndpointSlice> {

    public DatabaseEndpointSliceDependentResource() {
        super(EndpointSlice.class, Component.DATABASE, DatabaseEndpoints::slices);
    }
}
