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

/** The generated session signing key: created once and never changed; pods read a copy. */
public class SessionKeyDependentResource extends RetainedDependentResource<Secret> {

    private static final SecureRandom RANDOM = new SecureRandom();

    public SessionKeyDependentResource() {
        super(
                Secret.class,
                Component.WORKLOAD,
                WorkloadPlan.SESSION_KEY_SUFFIX,
                SessionKeyDependentResource::generated);
    }

    private static List<Secret> generated(EnvironmentPlan plan) {
        return plan.get(WorkloadPlan.class).generatesSessionKey()
                ? List.of(SessionKeys.secret(plan, RANDOM))
                : List.of();
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
                && desired.getData().keySet().stream()
                        .noneMatch(key -> actual.getData().getOrDefault(key, "").isEmpty());
    }
}
