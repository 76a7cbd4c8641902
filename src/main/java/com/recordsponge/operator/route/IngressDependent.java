package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The Ingresses of the site. */
public class IngressDependent extends PlannedDependents<Ingress> {

    public IngressDependent() {
        super(Ingress.class, Step.ROUTE);
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
