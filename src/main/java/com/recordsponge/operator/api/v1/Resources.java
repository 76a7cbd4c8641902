package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests and limits by resource name, such as cpu and memory. */
public record Resources(
        @JsonPropertyDescription("What the scheduler sets aside for each pod.")
        Map<String, Quantity> requests,

        @JsonPropertyDescription("What each pod may use at most; more memory ends it.")
        Map<String, Quantity> limits) {}
