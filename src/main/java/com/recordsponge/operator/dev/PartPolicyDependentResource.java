package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.UsedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;

/** The NetworkPolicies of the parts. */
public class PartPolicyDependentResource extends UsedDependentResource<NetworkPolicy> {

    public PartPolicyDependentResource() {
        super(NetworkPolicy.class, Component.DEVELOPMENT, PartPolicies::policies);
    }

    @Override
    protected boolean isNamed(NetworkPolicy object, RecordSpongeEnvironment environment) {
        return PartPolicies.names(environment.getMetadata().getName())
                .contains(object.getMetadata().getName());
    }

    @Override
    protected boolean isInUse(NetworkPolicy object, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return PartUse.isInUse(object.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected Duration grace() {
        return PartUse.GRACE;
    }
}
