package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Objects that others use. The operator deletes one when the plan does not require it and nothing uses it any more. */
public abstract class UsedDependentResource<R extends HasMetadata> extends PlannedDependentResource<R> {

    /** @param builder the objects that a plan requires */
    protected UsedDependentResource(Class<R> type, Component component, Function<EnvironmentPlan, List<R>> builder) {
        super(type, component, builder);
    }

    /** Whether something uses, or can still use, an object that the plan does not require. */
    protected abstract boolean isInUse(R object, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context);

    /** How long the operator keeps an object after its last use. */
    protected Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public void deleteTargetResource(
            RecordSpongeEnvironment environment, R object, String name, Context<RecordSpongeEnvironment> context) {
        var remaining = remaining(environment, object, context);
        if (remaining.filter(Duration::isZero).isPresent()) {
            super.deleteTargetResource(environment, object, name, context);
        } else {
            PlanContext.add(context, () -> remaining(environment, object, context));
        }
    }

    /** How long the operator still keeps an object; empty while something uses it. */
    private Optional<Duration> remaining(
            RecordSpongeEnvironment environment, R object, Context<RecordSpongeEnvironment> context) {
        if (isInUse(object, PlanContext.plan(context), context)) {
            PlanContext.releases(context).used(environment, object);
            return Optional.empty();
        }
        return Optional.of(PlanContext.releases(context).remaining(environment, object, grace()));
    }
}
