package com.recordsponge.operator.plan;

/**
 * Who else has a DNS name.
 *
 * @param clause for a person, to be read after the name and "which"
 * @param owned the objects of the environment that has it
 */
public record NameHolder(String clause, OwnedObjects owned) {

    /** An environment that serves or owns it, as namespace/name. */
    public static NameHolder environment(String environment, OwnedObjects owned) {
        return new NameHolder("environment %s uses".formatted(environment), owned);
    }
}
