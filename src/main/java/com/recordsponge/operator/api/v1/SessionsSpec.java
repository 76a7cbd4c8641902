package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.STORAGE;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The volume of the session files. {@link RecordSpongeEnvironment} has the rule on shrinking, as it has the status. */
public record SessionsSpec(
        @Required
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = "self.matches('" + STORAGE + "') && quantity(self).compareTo(quantity('1Mi')) >= 0",
                message = "sessions.storage must be a size such as 512Mi or 1Gi, at least 1Mi")
        @JsonPropertyDescription(
                "Size of the volume, such as 1Gi. It can grow where the StorageClass allows expansion, and never shrinks.")
        String storage,

        @Size(max = 253)
        @Pattern("^$|" + DNS_NAME)
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "sessions.storageClassName cannot be changed: a claim keeps the StorageClass that it was created with")
        @JsonPropertyDescription(
                "StorageClass of the claim. When omitted, the cluster's default class; when empty, no class: an administrator creates the PersistentVolume. Immutable.")
        String storageClassName) {}
