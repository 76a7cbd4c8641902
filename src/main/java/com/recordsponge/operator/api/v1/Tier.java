package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What an environment is for. */
public enum Tier {
    @JsonProperty("dev")
    DEV,
    @JsonProperty("preview")
    PREVIEW,
    @JsonProperty("staging")
    STAGING,
    @JsonProperty("prod")
    PROD,
    /** A value that only a newer operator knows. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
