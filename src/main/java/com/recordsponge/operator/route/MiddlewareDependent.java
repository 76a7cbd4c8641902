package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** Traefik's Middlewares of the site. */
public class MiddlewareDependent extends PlannedDependents<Middleware> {

    public MiddlewareDependent() {
        super(Middleware.class, Step.ROUTE);
    }

    @Override
    protected List<Middleware> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return Middlewares.middlewares(plan);
    }
}
