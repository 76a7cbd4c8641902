package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether the cluster serves Traefik's kinds; otherwise the operator neither watches nor writes them. */
public class TraefikInstalled implements Condition<HasMetadata, RecordSpongeEnvironment> {

    @Override
    public boolean isMet(
            DependentResource<HasMetadata, RecordSpongeEnvironment> dependent,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return PlanContext.plan(context).capabilities().traefik();
    }
}
