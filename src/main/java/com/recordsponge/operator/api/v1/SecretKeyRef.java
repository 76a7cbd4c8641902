package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One key of a Secret of the environment's own namespace. */
public record SecretKeyRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(DNS_NAME)
        @JsonPropertyDescription("Name of the Secret, in the environment's namespace.")
        String name,

        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[-._a-zA-Z0-9]+$")
        @ValidationRule(
                value = "self != '.' && !self.startsWith('..')",
                message = "a key of a Secret cannot be a single dot or begin with two")
        @JsonPropertyDescription("Key in the Secret's data.")
        String key) {}
