package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** Traefik's Middlewares of the site. */
public class MiddlewareDependentResource extends PlannedDependentResource<Middleware> {

    public MiddlewareDependentResource() {
        super(Middleware.class, Component.ROUTE);
    }

    @Override
    protected List<Middleware> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Middlewares.middlewares(plan);
    }
}
