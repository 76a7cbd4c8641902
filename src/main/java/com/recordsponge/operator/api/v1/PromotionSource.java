package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DURATION;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The environment whose images another one takes over. */
public record PromotionSource(
        @Required @Size(min = 1, max = 50) @JsonPropertyDescription("Name of the environment.")
        String name,

        @Size(min = 1, max = 63)
        @JsonPropertyDescription(
                "Its namespace, if that is another one. Its release.allowPromotionTo must name this environment.")
        String namespace,

        @Default("24h")
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = "self.matches('" + DURATION + "')",
                message = "release.promoteFrom.soak must be a duration such as 24h")
        @JsonPropertyDescription(
                "How long an image must be Ready there, such as 24h. An interruption of more than 5 minutes starts the time anew.")
        String soak) {}
