package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;

/** What the operator observed. Equal statuses are never written twice. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentStatus(
        @JsonPropertyDescription("metadata.generation that this status describes; -1 before the first.")
        Long observedGeneration,

        @JsonPropertyDescription("Where the site answers.") String url,

        @JsonPropertyDescription("DNS names that the environment's Ingresses serve; no other environment gets them.")
        List<String> hosts,

        @JsonPropertyDescription("What runs.") Image image,

        @JsonPropertyDescription("The database, once its credentials are there.")
        Database database,

        @JsonPropertyDescription("The certificate, once there is one.")
        Certificate certificate,

        @JsonPropertyDescription("The volume of the sessions, once there is one.")
        Sessions sessions,

        @StatusReplicas @JsonPropertyDescription("Number of pods that exist.")
        Integer replicas,

        @LabelSelector @JsonPropertyDescription("Selector of the pods, for the scale subresource.")
        String selector,

        @JsonPropertyDescription("What is so and why; docs/conditions.md explains every reason.")
        List<Condition> conditions) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Image(
            @JsonPropertyDescription("The image as the spec names it.")
            String requested,

            @JsonPropertyDescription("Digest that the newest ready pod runs.")
            String digest) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Database(
            @JsonPropertyDescription("host:port that is connected to.")
            String endpoint,

            @JsonPropertyDescription("server_version of the PostgreSQL server.")
            String serverVersion) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sessions(
            @JsonPropertyDescription("Name of the PersistentVolumeClaim.")
            String claim,

            @Required @Size(max = 40) @JsonPropertyDescription("Size of the volume.")
            String capacity) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Certificate(
            @JsonPropertyDescription("End of the certificate's validity (RFC 3339).")
            String notAfter,

            @JsonPropertyDescription("When cert-manager renews it (RFC 3339).")
            String renewalTime) {}
}
