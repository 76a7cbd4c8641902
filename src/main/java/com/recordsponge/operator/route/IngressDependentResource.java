package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;

/** The Ingresses of the site. Those no longer required end after the others were applied. */
public class IngressDependentResource extends PlannedDependentResource<Ingress> {

    public IngressDependentResource() {
        super(Ingress.class, Component.ROUTE, Ingresses::ingresses);
    }

    @Override
    protected boolean servesForeignHost(Ingress ingress, EnvironmentPlan plan) {
        return Ingresses.hosts(ingress).anyMatch(plan.get(RoutePlan.class).taken()::contains);
    }

    @Override
    public ReconcileResult<Ingress> reconcile(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var result = super.reconcile(environment, context);
        var plan = PlanContext.plan(context);
        if (!waits(plan)) {
            var required = desiredResources(environment, context).keySet();
            getSecondaryResources(environment, context).forEach((name, ingress) -> {
                if (!required.contains(name)
                        && (!plan.get(RoutePlan.class).step().kept() || servesForeignHost(ingress, plan))) {
                    super.deleteTargetResource(environment, ingress, name, context);
                }
            });
        }
        return result;
    }

    /** Deletes nothing: the SDK calls it before it applies what is required. */
    @Override
    public void deleteTargetResource(
            RecordSpongeEnvironment environment,
            Ingress ingress,
            String name,
            Context<RecordSpongeEnvironment> context) {
        // See reconcile.
    }
}
