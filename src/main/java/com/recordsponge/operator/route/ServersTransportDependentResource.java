package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** Traefik's time-outs towards the application. */
public class ServersTransportDependentResource extends PlannedDependentResource<ServersTransport> {

    public ServersTransportDependentResource() {
        super(ServersTransport.class, Component.ROUTE);
    }

    @Override
    protected List<ServersTransport> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return ServersTransports.serversTransports(plan);
    }
}
