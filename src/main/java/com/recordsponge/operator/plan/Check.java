package com.recordsponge.operator.plan;

import java.util.stream.Stream;

/**
 * A pure check of what a feature needs.
 *
 * @param <P> the feature's own plan
 */
@FunctionalInterface
public interface Check<P> {

    /** What is missing or wrong; empty if nothing is. */
    Stream<Blocker> blockers(P plan, PlanInput input);
}
