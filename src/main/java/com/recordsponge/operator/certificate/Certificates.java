package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;
import java.util.Map;

/** Builds cert-manager's Certificate. Its Secret has no owner and outlives the environment. */
final class Certificates {

    private Certificates() {}

    static List<Certificate> certificates(EnvironmentPlan plan) {
        return plan.find(CertificatePlan.class).stream()
                .flatMap(certificate ->
                        certificate.issuer().map(issuer -> certificate(plan, certificate, issuer)).stream())
                .toList();
    }

    private static Certificate certificate(
            EnvironmentPlan plan, CertificatePlan certificate, CertificatePlan.Issuer issuer) {
        return CustomObjects.fill(
                new Certificate(),
                plan,
                plan.name(),
                Map.of(
                        "secretName", certificate.secretName(),
                        "dnsNames", certificate.names(),
                        "issuerRef", Map.of("name", issuer.name(), "kind", issuer.kind(), "group", issuer.group()),
                        "privateKey", Map.of("algorithm", "ECDSA", "size", 256)));
    }
}
