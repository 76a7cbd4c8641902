package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.IMAGE;
import static com.recordsponge.operator.api.v1.Formats.NUMERIC_END;
import static com.recordsponge.operator.api.v1.Formats.POSITIVE_DURATION;
import static com.recordsponge.operator.api.v1.Formats.TAG_OR_DIGEST;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The desired state of an environment. */
@ValidationRule(
        value = "!has(self.aliases) || size(self.aliases) == 0 || has(self.tls)",
        message = "aliases need tls: their redirect must be served under a certificate; set tls or remove aliases")
@ValidationRule(
        value = "!has(self.aliases) || !(self.host in self.aliases)",
        message = "aliases must not contain host; remove it from aliases")
@ValidationRule(
        value = "!has(self.ingress) || !has(self.ingress.hsts) || has(self.tls)",
        message = "ingress.hsts needs tls: browsers ignore the header over plain HTTP; set tls or remove hsts")
@ValidationRule(
        value = "!has(self.release) || self.release.policy != 'Track' || !self.image.contains('@')",
        fieldPath = ".image",
        message = "image cannot have a digest with release.policy Track, which follows a tag; remove the digest")
@ValidationRule(
        value = "self.image.matches('" + TAG_OR_DIGEST
                + "') || (has(self.release) && self.release.policy == 'Promote')",
        fieldPath = ".image",
        message = "image needs a tag or a digest, such as recordsponge/expungeservice:staging")
@ValidationRule(
        value = "!self.image.matches('" + TAG_OR_DIGEST
                + "') || !has(self.release) || self.release.policy != 'Promote'",
        fieldPath = ".image",
        message =
                "image cannot have a tag or a digest with release.policy Promote, which takes digests from another environment; remove it")
@ValidationRule(
        value = "!has(self.dev) || self.tier == 'dev'",
        message = "dev is for tier dev only; remove it, or create an environment of tier dev")
@ValidationRule(
        value = "!has(self.dev) || !has(self.dev.postgres) || !has(self.database)",
        message = "dev.postgres and database exclude each other; remove one of the two")
@ValidationRule(
        value =
                "!has(self.env) || !(has(self.database) || (has(self.dev) && has(self.dev.postgres))) || !self.env.exists(e, e.name.startsWith('PG') || e.name == 'DATABASE_URL')",
        message =
                "env cannot set PG* variables or DATABASE_URL, which the operator sets from database; remove one of the two")
public record EnvironmentSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message = "tier cannot be changed; create a new environment of the other tier")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @JsonPropertyDescription(
                "What the environment is for. dev runs the application with TIER=development, all others with TIER=production. Immutable.")
        Tier tier,

        @Required
        @Size(min = 1, max = 512)
        @ValidationRule(
                value = "self.matches('" + IMAGE + "')",
                message =
                        "image must be an image reference such as recordsponge/expungeservice:staging: a repository in lower case, with its registry unless that is Docker Hub, then :tag, @sha256:digest or both")
        @JsonPropertyDescription(
                "The container image, as in a container: repository[:tag][@digest]. If both are set, the kubelet uses the digest. With release.policy Promote only the repository.")
        String image,

        @JsonPropertyDescription(
                "Which image of the repository runs, and when it changes. When omitted, the operator resolves the tag of image once.")
        ReleaseSpec release,

        @Size(max = 10)
        @ListType(value = "map", keys = "name")
        @JsonPropertyDescription("Secrets with registry credentials, as in a pod.")
        List<LocalRef> imagePullSecrets,

        @Default("1") @Min(0) @Max(20) @SpecReplicas @JsonPropertyDescription("Number of pods.")
        Integer replicas,

        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = "self.matches('" + DNS_NAME + "')",
                message =
                        "host must be a DNS name in lower case such as dev.recordsponge.com, without scheme, port or path")
        @ValidationRule(
                value = "!self.matches('" + NUMERIC_END + "')",
                message = "host must be a DNS name, not an IP address")
        @JsonPropertyDescription("DNS name of the site. After a change, the old one is served until the new one is.")
        String host,

        @Size(max = 16)
        @ValidationRule(
                value = "self.all(alias, !alias.matches('" + NUMERIC_END + "'))",
                message = "aliases must be DNS names, not IP addresses")
        @ListType("set")
        @JsonPropertyDescription(
                "Further DNS names; the certificate covers them, and Traefik redirects requests for them to host.")
        List<@Size(min = 1, max = 253) @Pattern(DNS_NAME) String> aliases,

        @JsonPropertyDescription("Certificate for HTTPS. When omitted, the site answers over plain HTTP.")
        TlsSpec tls,

        @JsonPropertyDescription("How requests reach the site.")
        IngressSpec ingress,

        @JsonPropertyDescription(
                "Session signing key. When omitted, the operator generates one in the Secret NAME-session-key, never changes it, and keeps it when the environment is deleted.")
        SecretKeyRef sessionKeySecretRef,

        @Size(max = 100)
        @ListType(value = "map", keys = "name")
        @JsonPropertyDescription("Further environment variables of the application.")
        List<EnvVar> env,

        @Size(max = 20)
        @ListType("atomic")
        @JsonPropertyDescription(
                "Secrets and ConfigMaps whose keys become environment variables; a change of their data rolls the pods.")
        List<EnvFrom> envFrom,

        @JsonPropertyDescription("Compute resources of the application's container.")
        Resources resources,

        @JsonPropertyDescription(
                "Volume for sessions, so that users remain logged in when pods are replaced. The operator creates the claim NAME-sessions and keeps it when this field is removed or the environment is deleted. The volume is ReadWriteOnce: all pods run on one node. When omitted, sessions end with their pod.")
        SessionsSpec sessions,

        @Default("5m")
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = POSITIVE_DURATION,
                message = "progressDeadline must be a duration such as 90s or 5m, more than zero")
        @JsonPropertyDescription(
                "How long a rollout can go without progress, such as 90s or 5m, before the operator reports Stalled.")
        String progressDeadline,

        @Default("false") @JsonPropertyDescription("Scale to zero; keep route, certificate and database connection.")
        Boolean suspend,

        @JsonPropertyDescription("External PostgreSQL database. When omitted, the application runs without a database.")
        DatabaseSpec database,

        @JsonPropertyDescription("Tier dev only: run a developer's source tree.")
        DevSpec dev) {

    /** The IngressClass that serves the site, also where the schema's default was not applied. */
    public String ingressClass() {
        return ingress == null || ingress.className() == null ? "traefik" : ingress.className();
    }

    /** The database that pods connect to: the external one, or that of {@code dev.postgres}. */
    public Optional<DatabaseSpec> connectedDatabase(String namespace, String environment) {
        if (database != null || dev == null || dev.postgres() == null) {
            return Optional.ofNullable(database);
        }
        var server = DevSpec.Postgres.objectName(environment);
        return Optional.of(new DatabaseSpec(
                server + "." + namespace + ".svc", null, DevSpec.Postgres.DATABASE, null, null, new LocalRef(server)));
    }

    /** The fields with a value that only a newer operator knows, such as {@code tier}. */
    public List<String> unknownValues() {
        var fields = new ArrayList<String>();
        if (tier == Tier.UNKNOWN) {
            fields.add("tier");
        }
        if (release != null && release.policy() == ReleasePolicy.UNKNOWN) {
            fields.add("release.policy");
        }
        if (database != null && database.sslMode() == SslMode.UNKNOWN) {
            fields.add("database.sslMode");
        }
        if (dev != null && dev.storagePolicy() == StoragePolicy.UNKNOWN) {
            fields.add("dev.storagePolicy");
        }
        if (dev != null
                && Stream.ofNullable(dev.watchers())
                        .flatMap(List::stream)
                        .anyMatch(watcher -> watcher.runs() == Part.UNKNOWN)) {
            fields.add("dev.watchers");
        }
        return fields;
    }
}
