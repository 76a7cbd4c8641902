package com.recordsponge.operator.api.v1;

import static com.recordsponge.operator.api.v1.Formats.DNS_NAME;
import static com.recordsponge.operator.api.v1.Formats.NUMERIC_END;
import static com.recordsponge.operator.api.v1.Formats.SQL_IDENTIFIER;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An external PostgreSQL database and how to log in to it. */
@ValidationRule(
        value = "!has(self.sslMode) || !self.sslMode.startsWith('verify') || has(self.caSecretRef)",
        message =
                "database.sslMode verify-ca and verify-full need caSecretRef: the CA that signed the server's certificate")
@ValidationRule(
        value = "!has(self.caSecretRef) || (has(self.sslMode) && self.sslMode.startsWith('verify'))",
        message =
                "database.caSecretRef is used only by sslMode verify-ca and verify-full; set one of them or remove it")
public record DatabaseSpec(
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = "isIP(self) || (self.matches('" + DNS_NAME + "') && !self.matches('" + NUMERIC_END + "'))",
                message = "database.host must be an IP address or a DNS name in lower case")
        @ValidationRule(
                value =
                        "!isIP(self) || !(ip(self).isLoopback() || ip(self).isLinkLocalUnicast() || ip(self).isLinkLocalMulticast() || ip(self).isUnspecified())",
                message =
                        "database.host is a loopback, link-local or unspecified address, at which a pod cannot reach the node; use the node's or the pod bridge's address, such as 10.42.0.1")
        @ValidationRule(
                value = "self != 'localhost'",
                message =
                        "database.host localhost is the pod itself; use the node's or the pod bridge's address, such as 10.42.0.1")
        @JsonPropertyDescription("IP address or DNS name of the server.")
        String host,

        @Default("5432") @Min(1) @Max(65535) @JsonPropertyDescription("TCP port of the server.")
        Integer port,

        @Required
        @ValidationRule(
                value = "self.matches('" + SQL_IDENTIFIER + "')",
                message =
                        "database.name must be a plain identifier: lower-case letters, digits and underscores, at most 63")
        @ValidationRule(
                value = "self == oldSelf",
                message =
                        "database.name cannot be changed, because the data would not move; create a new environment, or remove database and add it again")
        @Size(min = 1, max = 63)
        @JsonPropertyDescription(
                "Name of the database. Immutable; to move to another database, remove spec.database and add it again.")
        String name,

        @Default("prefer")
        @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
        @JsonPropertyDescription("libpq's sslmode: disable, prefer, require, verify-ca or verify-full.")
        SslMode sslMode,

        @JsonPropertyDescription("CA certificate (PEM) for verify-ca and verify-full.")
        SecretKeyRef caSecretRef,

        @Required @JsonPropertyDescription("Secret with the keys username and password: the application's role.")
        LocalRef credentialsSecretRef) {}
