package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.Optional;

/** Finds the environments from which images are promoted. */
@FunctionalInterface
public interface Environments {

    /** An environment that this operator manages, as last seen. */
    Optional<RecordSpongeEnvironment> find(String namespace, String name);
}
