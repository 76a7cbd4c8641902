package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The source of the certificate. */
@ValidationRule(
        value = "has(self.issuerRef) != has(self.secretName)",
        message = "tls needs exactly one of issuerRef (cert-manager issues) and secretName (a certificate you provide)")
public record TlsSpec(
        @JsonPropertyDescription("cert-manager issuer of the certificate.")
        IssuerRef issuerRef,

        @Size(min = 1, max = 253)
        @Pattern(DNS_NAME)
        @JsonPropertyDescription(
                "Secret of type kubernetes.io/tls with a certificate you provide. The operator copies it while it is good; the copy serves on when the Secret turns bad or is deleted.")
        String secretName) {

    /** A cert-manager Issuer of the same namespace or a ClusterIssuer, or an external issuer's own kind. */
    @ValidationRule(
            value =
                    "(has(self.group) && self.group != 'cert-manager.io') || !has(self.kind) || self.kind in ['Issuer', 'ClusterIssuer']",
            message = "tls.issuerRef.kind must be Issuer or ClusterIssuer, unless group is that of an external issuer")
    public record IssuerRef(
            @Required @Size(min = 1, max = 253) @Pattern(DNS_NAME) @JsonPropertyDescription("Name of the issuer.")
            String name,

            @Default("ClusterIssuer")
            @Size(min = 1, max = 63)
            @Pattern("^[A-Z][A-Za-z0-9]*$")
            @JsonPropertyDescription(
                    "ClusterIssuer, Issuer of the environment's namespace, or an external issuer's own kind.")
            String kind,

            @Default("cert-manager.io")
            @Size(min = 1, max = 253)
            @Pattern(DNS_NAME)
            @JsonPropertyDescription("API group of that kind.")
            String group) {}
}
