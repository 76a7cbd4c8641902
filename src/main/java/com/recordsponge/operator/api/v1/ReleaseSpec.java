package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DURATION;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Which image of the repository runs, and when it changes. */
public record ReleaseSpec(
        @Default("Pinned")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @JsonPropertyDescription(
                "Pinned: the operator resolves the tag once for each change of image or release. Track: it follows the tag; a push deploys.")
        ReleasePolicy policy,

        @Default("1m")
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = "self.matches('" + DURATION + "') && duration(self) >= duration('5s')",
                message = "release.interval must be a duration such as 1m, at least 5s")
        @JsonPropertyDescription("Track: how often the operator asks the registry, such as 1m; at least 5s.")
        String interval) {}
