package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DIGEST;
import static com.recordsponge.operator.api.v1.Formats.DURATION;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Which image of the repository runs, and when it changes. */
@ValidationRule(
        value = "!has(self.policy) || self.policy != 'Promote' || has(self.promoteFrom)",
        message = "release.policy Promote needs promoteFrom, the environment whose images to take over")
public record ReleaseSpec(
        @Default("Pinned")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @JsonPropertyDescription(
                "Pinned: the operator resolves the tag once for each change of image, policy or interval. Track: it follows the tag; a push deploys. Promote: it takes over images that were Ready in another environment.")
        ReleasePolicy policy,

        @Default("1m")
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = "self.matches('" + DURATION + "') && duration(self) >= duration('5s')",
                message = "release.interval must be a duration such as 1m, at least 5s")
        @JsonPropertyDescription("Track: how often the operator asks the registry, such as 1m; at least 5s.")
        String interval,

        @JsonPropertyDescription("Promote: where images come from.")
        PromotionSource promoteFrom,

        @Size(max = 20)
        @ListType("atomic")
        @JsonPropertyDescription("Environments of other namespaces that can take over images of this one.")
        List<EnvironmentRef> allowPromotionTo,

        @JsonPropertyDescription(
                "Return to the last image that was Ready if a new one misses progressDeadline, or crashes within 10 minutes after it was Ready. When omitted, true in the tiers staging and prod.")
        Boolean autoRollback,

        @Size(max = 71)
        @ValidationRule(
                value = "self.matches('" + DIGEST + "')",
                message =
                        "release.rollbackTo must be a digest such as sha256: and 64 hexadecimal digits, from status.history")
        @JsonPropertyDescription(
                "Digest of an earlier image, from status.history. It runs until this field is removed, whatever the policy says.")
        String rollbackTo,

        @Default("10")
        @Min(1)
        @Max(50)
        @JsonPropertyDescription(
                "How many images status.history keeps; at least the one that serves and the one before it.")
        Integer historyLimit) {}
