package com.recordsponge.operator.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who else has a DNS name.
 *
 * @param clause for a person, to be read after the name and "which"
 * @param owned the objects of the environment that has it; none if it is only reserved
 */
public record NameHolder(String clause, OwnedObjects owned) {

    private static final OwnedObjects NONE = new OwnedObjects() {
        @Override
        public <R extends HasMetadata> Stream<R> all(Class<R> type) {
            return Stream.empty();
        }
    };

    /** An environment that serves or owns it, as namespace/name. */
    public static NameHolder environment(String environment, OwnedObjects owned) {
        return new NameHolder("environment %s uses".formatted(environment), owned);
    }

    /** The only namespaces that can have it. */
    public static NameHolder namespaces(Set<String> namespaces) {
        return new NameHolder(
                "only environments of namespace %s can have, by the operator's chart value hosts"
                        .formatted(String.join(" and ", namespaces)),
                NONE);
    }
}
