package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Traefik's Middlewares of the site. */
public class MiddlewareDependentResource extends VersionedDependentResource<Middleware> {

    public MiddlewareDependentResource() {
        super(Middleware.class, Component.ROUTE, Middlewares::middlewares);
    }

    @Override
    protected boolean isInUse(Middleware version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return plan.get(RoutePlan.class).loaded().isInUse(version);
    }
}
