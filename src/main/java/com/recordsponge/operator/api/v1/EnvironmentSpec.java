package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.NUMERIC_END;
import static com.recordsponge.operator.api.v1.Formats.POSITIVE_DURATION;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;

/** What the owner of an environment asks for. */
@ValidationRule(
        value = "!has(self.aliases) || size(self.aliases) == 0 || has(self.tls)",
        message = "aliases need tls: their redirect must be served under a certificate; set tls or remove aliases")
@ValidationRule(
        value = "!has(self.aliases) || !(self.host in self.aliases)",
        message = "an alias is equal to host; remove it from aliases")
@ValidationRule(
        value = "!has(self.ingress) || !has(self.ingress.hsts) || has(self.tls)",
        message = "ingress.hsts needs tls: browsers ignore the header over plain HTTP; set tls or remove hsts")
@ValidationRule(
        value =
                "!has(self.env) || !has(self.database) || !self.env.exists(e, e.name.startsWith('PG') || e.name == 'DATABASE_URL')",
        message =
                "env may not set PG* variables or DATABASE_URL beside database, which sets them; remove one of the two")
public record EnvironmentSpec(
        @Required
        @ValidationRule(
                value = "self == oldSelf",
                message = "tier cannot be changed; create a new environment of the other tier")
        @JsonPropertyDescription(
                "What the environment is for. dev runs the application with TIER=development, all others with TIER=production. Cannot be changed.")
        Tier tier,

        @Required @JsonPropertyDescription("The container image to run.")
        ImageSpec image,

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
        @JsonPropertyDescription("DNS name under which the site answers.")
        String host,

        @Size(max = 16)
        @ValidationRule(
                value = "self.all(alias, !alias.matches('" + NUMERIC_END + "'))",
                message = "aliases must be DNS names, not IP addresses")
        @ValidationRule(
                value = "self.all(alias, self.exists_one(other, other == alias))",
                message = "aliases has a name more than once; remove one of the two")
        @JsonPropertyDescription("Further DNS names: in the certificate, and redirected to host.")
        List<@Size(min = 1, max = 253) @Pattern(DNS_NAME) String> aliases,

        @JsonPropertyDescription("Serve HTTPS. Without it the site answers over plain HTTP.")
        TlsSpec tls,

        @JsonPropertyDescription("How requests reach the site.")
        IngressSpec ingress,

        @JsonPropertyDescription(
                "Secret with the session signing key. When left out, a key is generated once in the Secret NAME-secret-key and kept, also when the environment is deleted.")
        SecretKeyRef secretKeyRef,

        @Size(max = 100)
        @ValidationRule(
                value = "self.all(variable, self.exists_one(other, other.name == variable.name))",
                message = "env has a variable more than once; remove one of the two")
        @JsonPropertyDescription("Further environment variables of the application.")
        List<EnvVar> env,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Secrets and ConfigMaps whose keys become environment variables; a change rolls the pods.")
        List<EnvFrom> envFrom,

        @JsonPropertyDescription("Compute resources of the application's container.")
        Resources resources,

        @JsonPropertyDescription(
                "Keep sessions on a volume, so that nobody is logged out when pods are replaced: the claim NAME-sessions, which is kept when this is removed and when the environment is deleted. It is ReadWriteOnce: on several nodes the pods stay together on one. When left out, sessions end with their pod.")
        SessionsSpec sessions,

        @Default("5m")
        @Size(min = 2, max = 20)
        @ValidationRule(
                value = POSITIVE_DURATION,
                message = "progressDeadline must be a duration such as 90s or 5m, more than zero")
        @JsonPropertyDescription(
                "How long a rollout may go without progress, such as 90s or 5m; what still fails after it is reported as Stalled.")
        String progressDeadline,

        @Default("false") @JsonPropertyDescription("Scale to zero; route, certificate and database stay.")
        Boolean suspend,

        @JsonPropertyDescription("External PostgreSQL database; without it the application runs without one.")
        DatabaseSpec database) {

    /** The IngressClass that serves the site, also where the schema's default was not applied. */
    public String ingressClass() {
        return ingress == null || ingress.className() == null ? "traefik" : ingress.className();
    }
}
