package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Ingresses of the site. */
public class IngressDependentResource extends PlannedDependentResource<Ingress> {

    public IngressDependentResource() {
        super(Ingress.class, Component.ROUTE);
    }

    @Override
    protected List<Ingress> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Ingresses.ingresses(plan);
    }

    @Override
    protected boolean trespasses(Ingress ingress, EnvironmentPlan plan) {
        return Ingresses.hosts(ingress).anyMatch(plan.taken()::contains);
    }
}
