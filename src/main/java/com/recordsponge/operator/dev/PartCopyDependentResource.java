package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.SecretsInUse;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The copies of what the parts' pods read from Secrets and ConfigMaps. */
public class PartCopyDependentResource extends VersionedDependentResource<Secret> {

    public PartCopyDependentResource() {
        super(Secret.class, Component.DEVELOPMENT, PodData.PART_SUFFIX, PartCopyDependentResource::copies);
    }

    /** Nothing without the plan of a developer's environment. */
    static List<Secret> copies(EnvironmentPlan plan) {
        return plan
                .find(DevPlan.class)
                .flatMap(DevPlan::frontend)
                .flatMap(DevPlan.Frontend::ca)
                .flatMap(ca -> ca.secret(plan))
                .stream()
                .toList();
    }

    @Override
    protected boolean isInUse(Secret secret, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return SecretsInUse.of(plan.name(), PlanContext.owned(context))
                .named(secret.getMetadata().getName());
    }
}
