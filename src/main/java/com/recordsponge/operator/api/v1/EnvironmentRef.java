package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An environment of any namespace. */
public record EnvironmentRef(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Its namespace.")
        String namespace,

        @Required @Size(min = 1, max = 50) @JsonPropertyDescription("Its name.")
        String name) {}
