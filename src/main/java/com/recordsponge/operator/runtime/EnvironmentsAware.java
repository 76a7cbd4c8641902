package com.recordsponge.operator.runtime;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;

/** Reads all environments of the controller. */
@FunctionalInterface
public interface EnvironmentsAware {

    /** Starts to read the environments of a controller. */
    void watch(EventSourceContext<RecordSpongeEnvironment> context);
}
