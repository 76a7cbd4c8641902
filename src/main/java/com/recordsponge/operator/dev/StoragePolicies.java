package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Applies the storage policy to all objects that it is about. The owner that an earlier policy gave to one would delete
 * it with the environment, also if the environment is suspended, waits, or no longer requests it.
 */
final class StoragePolicies {

    private StoragePolicies() {}

    /**
     * The objects that the plan requires unless it waits, and all others that exist.
     *
     * @param kept an existing object, unchanged but for its owner
     */
    static <R extends HasMetadata> List<R> planned(
            EnvironmentPlan plan, List<R> required, Collection<R> existing, UnaryOperator<R> kept) {
        var changing = plan.blocked(Component.DEVELOPMENT) ? List.<R>of() : required;
        return Stream.concat(
                        changing.stream(),
                        existing.stream()
                                .filter(object -> changing.stream().noneMatch(other -> haveOneName(object, other)))
                                .map(kept))
                .toList();
    }

    private static boolean haveOneName(HasMetadata one, HasMetadata other) {
        return one.getMetadata().getName().equals(other.getMetadata().getName());
    }
}
