package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** When the image of an environment changes. */
public enum ReleasePolicy {
    /** When somebody changes the spec. */
    @JsonProperty("Pinned")
    PINNED,
    /** Whenever the tag names another image. */
    @JsonProperty("Track")
    TRACK,
    /** When an image has proved itself in another environment. */
    @JsonProperty("Promote")
    PROMOTE,
    /** A value that only a newer operator knows. */
    @JsonIgnore
    @JsonEnumDefaultValue
    UNKNOWN
}
