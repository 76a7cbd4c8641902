package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Function;

/**
 * Objects that others refer to by name. Each is a version: its name has a hash of its content ({@link UniqueName}). The
 * operator creates a version before anything refers to it, and deletes it when the plan does not require it and nothing
 * uses it any more. In between it never changes.
 */
public abstract class VersionedDependentResource<R extends HasMetadata> extends UsedDependentResource<R> {

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

    @Override
    protected boolean isNamed(R object, RecordSpongeEnvironment environment) {
        return suffix == null
                || UniqueName.isVersion(
                        object.getMetadata().getName(),
                        environment.getMetadata().getName(),
                        suffix);
    }
}
