package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator observed. The operator writes it only when it has changed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentStatus(
        @JsonPropertyDescription("metadata.generation that this status describes; -1 before the first.")
        Long observedGeneration,

        @JsonPropertyDescription("URL of the site.") String url,

        @ListType("set")
        @JsonPropertyDescription("DNS names that the environment's Ingresses serve; no other environment can use them.")
        List<String> hosts,

        @ListType(value = "map", keys = "host")
        @JsonPropertyDescription(
                "DNS names that the environment waits for, because an environment of another namespace uses or used them.")
        List<WaitingHost> waitingHosts,

        @JsonPropertyDescription("The site's image.") Image image,

        @JsonPropertyDescription("Which image waits, and what keeps the newest from running.")
        Release release,

        @ListType("atomic") @JsonPropertyDescription("The images that were Ready, the newest first.")
        List<Deployed> history,

        @JsonPropertyDescription("The database, once its credentials are known.")
        Database database,

        @JsonPropertyDescription("The certificate, once it exists.")
        Certificate certificate,

        @JsonPropertyDescription("The volume of sessions, once it exists.")
        Sessions sessions,

        @JsonPropertyDescription("The developer's environment.")
        Dev dev,

        @StatusReplicas @JsonPropertyDescription("Number of pods that exist.")
        Integer replicas,

        @LabelSelector @JsonPropertyDescription("Selector of the pods, for the scale subresource.")
        String selector,

        @ListType(value = "map", keys = "type")
        @JsonPropertyDescription("The state of each component and its cause; docs/conditions.md explains every reason.")
        List<Condition> conditions) {

    /** A copy with other conditions, for another generation of the spec. */
    public EnvironmentStatus with(long generation, List<Condition> others) {
        return new EnvironmentStatus(
                generation,
                url,
                hosts,
                waitingHosts,
                image,
                release,
                history,
                database,
                certificate,
                sessions,
                dev,
                replicas,
                selector,
                others);
    }

    /** The condition of a type, if the status has one. */
    public Optional<Condition> condition(ConditionType type) {
        return Stream.ofNullable(conditions)
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals(type.toString()))
                .findFirst();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WaitingHost(
            @Required @Size(max = 253) @JsonPropertyDescription("The DNS name.")
            String host,

            @JsonPropertyDescription("The environment that uses the name, or used it last, as namespace/name.")
            String owner,

            @JsonPropertyDescription("When that environment released the name (RFC 3339); absent while it uses it.")
            String releasedAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Image(
            @JsonPropertyDescription("spec.image.") String requested,

            @JsonPropertyDescription(
                    "Digest of the image that pods are to run; of the index if it is for several platforms.")
            String digest,

            @JsonPropertyDescription(
                    "Digest that the newest ready pod reports. containerd reports that of the index if the image is for several platforms.")
            String platformDigest,

            @JsonPropertyDescription("When the operator first saw that digest for this environment (RFC 3339).")
            String resolvedAt) {}

    /** Which image waits, and what keeps the newest from running. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Release(
            @JsonPropertyDescription("Promote: the newest image of the other environment, until it runs here.")
            Candidate candidate,

            @JsonPropertyDescription("The image that does not run although the policy chose it.")
            Hold hold,

            @ListType("atomic") @JsonPropertyDescription("Images that failed; they are not tried again.")
            List<BadImage> bad,

            @JsonPropertyDescription("The value of the annotation recordsponge.com/retry that was acted on last.")
            String retried) {}

    /** An image that waits for its promotion. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Candidate(
            @JsonPropertyDescription("Digest of the image.") String digest,

            @JsonPropertyDescription(
                    "Since when it is Ready in the other environment, but for short interruptions (RFC 3339).")
            String since,

            @JsonPropertyDescription("When it has been Ready there long enough (RFC 3339).")
            String soakEndsAt,

            @JsonPropertyDescription("What keeps it from running here.")
            String blockedBy) {}

    /** An image that does not run although the policy chose it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Hold(
            @JsonPropertyDescription("Digest of the image; absent while there is no new one.")
            String digest,

            @JsonPropertyDescription("Why it does not run.") String reason,

            @JsonPropertyDescription("Since when (RFC 3339).")
            String since) {}

    /** An image that failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BadImage(
            @JsonPropertyDescription("Digest of the image.") String digest,

            @JsonPropertyDescription("What its pods reported.")
            String reason) {}

    /** An image that was Ready. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Deployed(
            @JsonPropertyDescription("Digest of the image.") String digest,

            @JsonPropertyDescription("spec.image at that time; the image itself if it was of another repository.")
            String tag,

            @JsonPropertyDescription("When it became Ready (RFC 3339).")
            String readySince,

            @JsonPropertyDescription("When it was replaced or failed (RFC 3339); absent while it serves.")
            String readyUntil,

            @JsonPropertyDescription(
                    "When it was Ready again after an interruption of more than 5 minutes (RFC 3339); absent without one.")
            String steadySince) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Database(
            @JsonPropertyDescription("host:port of the server.")
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
    public record Dev(
            @ListType(value = "map", keys = "name")
            @JsonPropertyDescription("The last results of the watchers that have one.")
            List<Watcher> watchers) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Watcher(
            @Required @Size(max = 30) @JsonPropertyDescription("Name of the watcher.")
            String name,

            @JsonPropertyDescription("Passed or Failed.") String result,

            @JsonPropertyDescription("Number of tests that passed, if the command's summary says it.")
            Integer passed,

            @JsonPropertyDescription("Number of tests that failed, if the command's summary says it.")
            Integer failed,

            @JsonPropertyDescription("When the command had this result first (RFC 3339).")
            String at) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Certificate(
            @JsonPropertyDescription("End of the certificate's validity (RFC 3339).")
            String notAfter,

            @JsonPropertyDescription("When cert-manager renews it (RFC 3339).")
            String renewalTime) {}

    /** Collects what the features report; fields that no feature sets are absent. */
    public static final class Builder {

        private String url;
        private List<String> hosts;
        private List<WaitingHost> waitingHosts;
        private Image image;
        private Release release;
        private List<Deployed> history;
        private Database database;
        private Certificate certificate;
        private Sessions sessions;
        private Dev dev;
        private Integer replicas;
        private String selector;

        public Builder url(String value) {
            url = value;
            return this;
        }

        public Builder hosts(List<String> value) {
            hosts = value;
            return this;
        }

        public Builder waitingHosts(List<WaitingHost> value) {
            waitingHosts = value.isEmpty() ? null : value;
            return this;
        }

        public Builder image(Image value) {
            image = value;
            return this;
        }

        public Builder release(Release value) {
            release = value;
            return this;
        }

        public Builder history(List<Deployed> value) {
            history = value.isEmpty() ? null : value;
            return this;
        }

        public Builder database(Database value) {
            database = value;
            return this;
        }

        public Builder certificate(Certificate value) {
            certificate = value;
            return this;
        }

        public Builder sessions(Sessions value) {
            sessions = value;
            return this;
        }

        public Builder dev(Dev value) {
            dev = value;
            return this;
        }

        public Builder replicas(int value) {
            replicas = value;
            return this;
        }

        public Builder selector(String value) {
            selector = value;
            return this;
        }

        public EnvironmentStatus build(long observedGeneration, List<Condition> conditions) {
            return new EnvironmentStatus(
                    observedGeneration,
                    url,
                    hosts,
                    waitingHosts,
                    image,
                    release,
                    history,
                    database,
                    certificate,
                    sessions,
                    dev,
                    replicas,
                    selector,
                    conditions);
        }
    }
}
