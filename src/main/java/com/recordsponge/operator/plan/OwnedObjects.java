package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of an environment as last observed. */
@FunctionalInterface
public interface OwnedObjects {

    /** All of one kind. */
    <R extends HasMetadata> Stream<R> all(Class<R> type);

    /** The one of that name. */
    default <R extends HasMetadata> Optional<R> named(Class<R> type, String name) {
        return all(type)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }
}
