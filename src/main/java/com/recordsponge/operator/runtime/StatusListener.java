package com.recordsponge.operator.runtime;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;

/** Hears of every status that the operator has written. */
@FunctionalInterface
public interface StatusListener {

    /**
     * A status was written.
     *
     * @param environment with the status that it replaced
     */
    void written(RecordSpongeEnvironment environment, EnvironmentStatus status);
}
