package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to claims when their environment is deleted. */
public enum StoragePolicy {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Delete")
    DELETE,
    /** A value that only a newer operator knows. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
