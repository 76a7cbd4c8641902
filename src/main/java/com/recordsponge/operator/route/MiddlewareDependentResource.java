package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;

/** Traefik's Middlewares of the site. */
public class MiddlewareDependentResource extends PlannedDependentResource<Middleware> {

    public MiddlewareDependentResource() {
        super(Middleware.class, Component.ROUTE, Middlewares::middlewares);
    }
}
