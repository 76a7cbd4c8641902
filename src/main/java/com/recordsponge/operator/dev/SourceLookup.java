package com.recordsponge.operator.dev;

/** Looks up the claim with a source tree. */
@FunctionalInterface
public interface SourceLookup {

    /** What is known of a claim. One that the operator is not allowed to read counts as bound. */
    State state(String namespace, String claim);

    /** The state of a claim. */
    enum State {
        NOT_FOUND,
        /** It has no volume yet. */
        PENDING,
        LOST,
        BOUND;

        /** Whether nothing remains to be done about it. */
        boolean usable() {
            return this == BOUND;
        }
    }
}
