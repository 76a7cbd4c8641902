package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Step;
import com.recordsponge.operator.platform.PlannedDependents;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** Traefik's time-outs towards the application. */
public class ServersTransportDependent extends PlannedDependents<ServersTransport> {

    public ServersTransportDependent() {
        super(ServersTransport.class, Step.ROUTE);
    }

    @Override
    protected List<ServersTransport> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return ServersTransports.serversTransports(plan);
    }
}
