package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;

/** The Service in front of the application. */
public class ServiceDependentResource extends PlannedDependentResource<Service> {

    public ServiceDependentResource() {
        super(Service.class, Component.ROUTE, plan -> List.of(Services.service(plan)));
    }

    @Override
    protected boolean isNamed(Service service, RecordSpongeEnvironment environment) {
        var metadata = environment.getMetadata();
        return service.getMetadata()
                .getName()
                .equals(new RouteNames(metadata.getNamespace(), metadata.getName()).service());
    }
}
