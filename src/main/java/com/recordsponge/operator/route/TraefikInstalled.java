package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Whether the cluster serves Traefik's kinds; without them nothing of theirs is watched or touched. */
public class TraefikInstalled implements Condition<HasMetadata, RecordSpongeEnvironment> {

    @Override
    public boolean isMet(
            DependentResource<HasMetadata, RecordSpongeEnvironment> dependent,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return PlanContext.of(context).capabilities().traefik();
    }
}
