package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.UsedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Objects of the parts. Each remains until the site and the application's pods work without it. */
abstract class PartDependentResource<R extends HasMetadata> extends UsedDependentResource<R> {

    private final Function<String, List<String>> names;

    /** @param names of these objects in an environment of a given name */
    PartDependentResource(
            Class<R> type, Function<EnvironmentPlan, List<R>> builder, Function<String, List<String>> names) {
        super(type, Component.DEVELOPMENT, builder);
        this.names = names;
    }

    @Override
    protected boolean isNamed(R object, RecordSpongeEnvironment environment) {
        return names.apply(environment.getMetadata().getName())
                .contains(object.getMetadata().getName());
    }

    @Override
    protected boolean isInUse(R object, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return PartUse.isInUse(object.getMetadata().getName(), plan.name(), PlanContext.owned(context));
    }

    @Override
    protected Duration grace() {
        return PartUse.GRACE;
    }
}
