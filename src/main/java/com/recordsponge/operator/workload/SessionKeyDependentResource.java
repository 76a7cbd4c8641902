package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.RetainedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.security.SecureRandom;
import java.util.List;

/** The generated session signing key: made once and never changed. */
public class SessionKeyDependentResource extends RetainedDependentResource<Secret> {

    private final SecureRandom random = new SecureRandom();

    public SessionKeyDependentResource() {
        super(Secret.class, Component.WORKLOAD, EnvironmentPlan.SECRET_KEY_SUFFIX);
    }

    @Override
    protected List<Secret> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return plan.generatesSecretKey() ? List.of(SessionKeys.generate(plan, random)) : List.of();
    }

    @Override
    public Matcher.Result<Secret> match(
            Secret actual,
            Secret desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return Matcher.Result.computed(hasKey(actual, desired), desired);
    }

    private static boolean hasKey(Secret actual, Secret desired) {
        return actual.getData() != null
                && actual.getData().keySet().containsAll(desired.getData().keySet());
    }
}
