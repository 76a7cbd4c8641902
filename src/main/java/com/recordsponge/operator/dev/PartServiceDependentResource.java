package com.recordsponge.operator.dev;

import io.fabric8.kubernetes.api.model.Service;

/** The Services between the parts. */
public class PartServiceDependentResource extends PartDependentResource<Service> {

    public PartServiceDependentResource() {
        super(Service.class, PartServices::services, PartServices::names);
    }
}
