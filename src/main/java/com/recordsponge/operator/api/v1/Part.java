package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A part of the application's source tree. */
public enum Part {
    @JsonProperty("backend")
    BACKEND,
    @JsonProperty("frontend")
    FRONTEND,
    /** A value that only a newer operator knows. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
