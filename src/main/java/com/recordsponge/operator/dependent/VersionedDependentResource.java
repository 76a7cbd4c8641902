package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Objects that others refer to by name. Each is a version: its name has a hash of its content ({@link UniqueName}). The
 * operator creates a version before anything refers to it, and deletes it when the plan does not require it and nothing
 * uses it any more. In between it never changes.
 */
public abstract class VersionedDependentResource<R extends HasMetadata> extends PlannedDependentResource<R> {

    private final String suffix;

    /**
     * All objects of the kind.
     *
     * @param builder the versions that a plan requires
     */
    protected VersionedDependentResource(
            Class<R> type, Component component, Function<EnvironmentPlan, List<R>> builder) {
        super(type, component, builder);
        this.suffix = null;
    }

    /**
     * Only the versions of one suffix: several dependent resources can then manage objects of one kind.
     *
     * @param suffix what follows the environment's name in the names of the versions
     * @param builder the versions that a plan requires
     */
    protected VersionedDependentResource(
            Class<R> type, Component component, String suffix, Function<EnvironmentPlan, List<R>> builder) {
        super(type, component, builder);
        this.suffix = suffix;
    }

    /** Whether something uses, or can still use, a version that the plan does not require. */
    protected abstract boolean isInUse(R version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context);

    /** How long the operator keeps a version after its last use. */
    protected Duration grace() {
        return Duration.ZERO;
    }

    @Override
    protected boolean isNamed(R object, RecordSpongeEnvironment environment) {
        return suffix == null
                || UniqueName.isVersion(
                        object.getMetadata().getName(),
                        environment.getMetadata().getName(),
                        suffix);
    }

    @Override
    public void deleteTargetResource(
            RecordSpongeEnvironment environment, R version, String name, Context<RecordSpongeEnvironment> context) {
        var remaining = remaining(environment, version, context);
        if (remaining.filter(Duration::isZero).isPresent()) {
            super.deleteTargetResource(environment, version, name, context);
        } else {
            PlanContext.add(context, () -> remaining(environment, version, context));
        }
    }

    /** How long the operator still keeps a version; empty while something uses it. */
    private Optional<Duration> remaining(
            RecordSpongeEnvironment environment, R version, Context<RecordSpongeEnvironment> context) {
        if (isInUse(version, PlanContext.plan(context), context)) {
            PlanContext.releases(context).used(environment, version);
            return Optional.empty();
        }
        return Optional.of(PlanContext.releases(context).remaining(environment, version, grace()));
    }
}
