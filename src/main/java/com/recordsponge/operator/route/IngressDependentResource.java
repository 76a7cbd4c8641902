package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;

/** The Ingresses of the site. */
public class IngressDependentResource extends PlannedDependentResource<Ingress> {

    public IngressDependentResource() {
        super(Ingress.class, Component.ROUTE, Ingresses::ingresses);
    }

    @Override
    protected boolean servesForeignHost(Ingress ingress, EnvironmentPlan plan) {
        return Ingresses.hosts(ingress).anyMatch(plan.get(RoutePlan.class).taken()::contains);
    }
}
