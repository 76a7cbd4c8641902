package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;

/** Traefik's ServersTransport of the site. */
public class ServersTransportDependentResource extends PlannedDependentResource<ServersTransport> {

    public ServersTransportDependentResource() {
        super(ServersTransport.class, Component.ROUTE, ServersTransports::serversTransports);
    }
}
