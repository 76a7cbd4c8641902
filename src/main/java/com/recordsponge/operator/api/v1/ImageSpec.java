package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.REPOSITORY;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A container image by tag or by digest; formats are those of the OCI distribution specification. */
@ValidationRule(value = "has(self.tag) != has(self.digest)", message = "image needs exactly one of tag and digest")
public record ImageSpec(
        @Required
        @Size(min = 1, max = 255)
        @ValidationRule(
                value = "self.matches('" + REPOSITORY + "')",
                message =
                        "image.repository must be a repository in lower case, with or without its registry, such as recordsponge/expungeservice or registry.example.org:5000/app; the tag has a field of its own")
        @JsonPropertyDescription("Repository, with its registry unless that is Docker Hub.")
        String repository,

        @Pattern("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$") @JsonPropertyDescription("Tag; not together with digest.")
        String tag,

        @Pattern("^sha256:[a-f0-9]{64}$") @JsonPropertyDescription("Digest, sha256:…; not together with tag.")
        String digest,

        @Size(max = 10)
        @ValidationRule(
                value = "self.all(secret, self.exists_one(other, other.name == secret.name))",
                message = "image.pullSecrets names a Secret more than once; remove one of the two")
        @JsonPropertyDescription("Secrets with registry credentials.")
        List<LocalRef> pullSecrets) {

    /** The image as the container runtime takes it. */
    public String reference() {
        return digest == null ? repository + ":" + tag : repository + "@" + digest;
    }
}
