package com.recordsponge.operator.certificate;

import com.recordsponge.operator.plan.CustomObjects;
import com.recordsponge.operator.plan.EnvironmentPlan;
import java.util.List;
import java.util.Map;

/**
 * Builds cert-manager's Certificate, which has the name of its Secret. The Secret has no owner and outlives both; its labels
 * let the operator see it.
 */
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
                certificate.secretName(),
                Map.of(
                        "secretName", certificate.secretName(),
                        "secretTemplate", Map.of("labels", plan.labels()),
                        "dnsNames", certificate.names(),
                        "issuerRef", Map.of("name", issuer.name(), "kind", issuer.kind(), "group", issuer.group()),
                        "privateKey", Map.of("algorithm", "ECDSA", "size", 256)));
    }
}
