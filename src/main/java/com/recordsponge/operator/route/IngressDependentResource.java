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
            var existing = getSecondaryResources(environment, context);
            existing.keySet().stream()
                    .filter(name -> !required.contains(name))
                    .filter(name ->
                            !plan.get(RoutePlan.class).step().kept() || servesForeignHost(existing.get(name), plan))
                    .sorted(IngressParts.ending(environment.getMetadata().getName()))
                    .forEach(name -> super.deleteTargetResource(environment, existing.get(name), name, context));
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
