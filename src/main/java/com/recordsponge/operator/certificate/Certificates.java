package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds cert-manager's Certificate. Its Secret has no owner and outlives the environment. */
final class Certificates {

    private Certificates() {}

    static List<Certificate> certificates(EnvironmentPlan plan) {
        if (!plan.issuesCertificate()) {
            return List.of();
        }
        var issuer = plan.spec().tls().issuerRef();
        return List.of(CustomObjects.fill(
                new Certificate(),
                plan,
                plan.name(),
                Map.of(
                        "secretName", plan.tlsSecret(),
                        "dnsNames",
                                Stream.concat(Stream.of(plan.spec().host()), plan.aliases().stream())
                                        .toList(),
                        "issuerRef",
                                Map.of(
                                        "name", issuer.name(),
                                        "kind", issuer.kind() == null ? "ClusterIssuer" : issuer.kind(),
                                        "group", issuer.group() == null ? "cert-manager.io" : issuer.group()),
                        "privateKey", Map.of("algorithm", "ECDSA", "size", 256))));
    }
}
