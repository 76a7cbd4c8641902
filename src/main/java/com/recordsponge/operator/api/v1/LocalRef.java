package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An object of the environment's own namespace, by name. */
public record LocalRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(DNS_NAME)
        @JsonPropertyDescription("Name of the object, in the environment's namespace.")
        String name) {}
