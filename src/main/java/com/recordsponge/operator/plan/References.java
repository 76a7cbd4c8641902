package com.recordsponge.operator.plan;

import java.util.Map;
import java.util.Optional;

/** The Secrets and ConfigMaps that an environment references. Only their versions are known; data is read on demand. */
public interface References {

    /** The version of an object; empty if it does not exist. */
    Optional<ReferencedVersion> version(Reference reference);

    /**
     * The decoded data of an object; empty if it does not exist. Large data is read from the API server at each call, and
     * may then be newer than the version: the change triggers another reconciliation.
     */
    Optional<Map<String, byte[]>> data(Reference reference);
}
