package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.plan.SupersededCopies;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.function.Function;

/** Secrets that pods read: each remains while a pod uses it or can still use it. */
public abstract class PodSecretDependentResource extends VersionedDependentResource<Secret> {

    /** @param suffix what follows the environment's name in the Secrets' names */
    protected PodSecretDependentResource(
            Component component, String suffix, Function<EnvironmentPlan, List<Secret>> builder) {
        super(Secret.class, component, suffix, builder);
    }

    @Override
    protected final boolean isInUse(Secret secret, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        var owned = PlanContext.owned(context);
        var inUse = SecretsInUse.of(plan.name(), owned);
        var name = secret.getMetadata().getName();
        return inUse.keeps(name)
                && (inUse.named(name) || !SupersededCopies.include(plan.name(), secret, owned.all(Secret.class)));
    }
}
