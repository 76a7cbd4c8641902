package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Traefik's ServersTransports of the site. */
public class ServersTransportDependentResource extends VersionedDependentResource<ServersTransport> {

    public ServersTransportDependentResource() {
        super(ServersTransport.class, Component.ROUTE, ServersTransports::serversTransports);
    }

    @Override
    protected boolean isInUse(
            ServersTransport version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return plan.get(RoutePlan.class).loaded().isInUse(version);
    }
}
