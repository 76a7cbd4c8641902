package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.DURATION;
import static com.recordsponge.operator.api.v1.Formats.POSITIVE_DURATION;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How requests reach the site. All fields but className require Traefik, the ingress controller of k3s. */
public record IngressSpec(
        @Default("traefik")
        @Size(min = 1, max = 253)
        @Pattern(DNS_NAME)
        @JsonPropertyDescription(
                "IngressClass that serves the site. After a change, the old one serves until the new one does.")
        String className,

        @JsonPropertyDescription("Strict-Transport-Security (RFC 6797).")
        Hsts hsts,

        @Size(max = 10)
        @ListType(value = "map", keys = "path")
        @JsonPropertyDescription("Paths that require a user and password. Put all users of a path into one Secret.")
        List<BasicAuth> basicAuth,

        @Size(min = 2, max = 20)
        @ValidationRule(
                value = POSITIVE_DURATION,
                message = "ingress.timeout must be a duration such as 300s, more than zero")
        @JsonPropertyDescription(
                "How long the ingress controller waits for a response to begin, such as 300s. Traefik's default is no limit.")
        String timeout) {

    /** The header's directives. */
    public record Hsts(
            @Default("8760h")
            @Size(min = 2, max = 20)
            @Pattern(DURATION)
            @JsonPropertyDescription("max-age, such as 8760h for a year.")
            String maxAge,

            @Default("false") @JsonPropertyDescription("Also for every subdomain of host.")
            Boolean includeSubdomains) {}

    /** HTTP basic authentication (RFC 7617) on a path and everything below it. */
    public record BasicAuth(
            @Required
            @Size(min = 1, max = 200)
            @ValidationRule(
                    value = "self.matches('^/([-._~A-Za-z0-9]+/)*[-._~A-Za-z0-9]*$')",
                    message =
                            "ingress.basicAuth.path must begin with a slash and contain only letters, digits, single slashes and -._~; other characters have a second, percent-encoded spelling, which would not be protected")
            @ValidationRule(
                    value = "!self.matches('/[.]{1,2}(/|$)')",
                    message = "ingress.basicAuth.path cannot contain the segments . and .., which clients resolve")
            @JsonPropertyDescription("Path prefix, such as /access/.")
            String path,

            @Required @JsonPropertyDescription("Secret with the key users: htpasswd lines.")
            LocalRef secretRef) {}
}
