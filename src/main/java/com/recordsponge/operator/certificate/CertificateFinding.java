package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads how the certificate stands from cert-manager's Certificate. */
public final class CertificateFinding {

    private CertificateFinding() {}

    /** @param issuerMissing whether the issuer was looked for and is not there */
    public static Finding of(EnvironmentPlan plan, Optional<Certificate> found, boolean issuerMissing, Instant now) {
        var problem = plan.problem(Component.CERTIFICATE);
        if (problem.isPresent()) {
            return Finding.of(problem.get());
        }
        var certificate = found.orElse(null);
        var notAfter =
                status(certificate).map(EnvironmentStatus.Certificate::notAfter).map(Instant::parse);
        if (notAfter.isPresent() && notAfter.get().isBefore(now)) {
            return Finding.failing(
                    Component.CERTIFICATE,
                    "Expired",
                    "The certificate ended at %s; see kubectl describe certificate %s."
                            .formatted(notAfter.get(), plan.name()));
        }
        if (isCurrent(certificate, "Ready", "True")) {
            return Finding.ready(
                    Component.CERTIFICATE,
                    "Issued",
                    "Secret %s holds a valid certificate.".formatted(plan.tlsSecret()));
        }
        if (issuerMissing) {
            var issuer = plan.spec().tls().issuerRef();
            return Finding.failing(
                    Component.CERTIFICATE,
                    "IssuerNotFound",
                    "%s %s does not exist; create it or correct tls.issuerRef."
                            .formatted(issuer.kind(), issuer.name()));
        }
        return Finding.working(
                Component.CERTIFICATE,
                "Issuing",
                condition(certificate, "Issuing")
                        .or(() -> condition(certificate, "Ready"))
                        .map(condition -> "cert-manager: " + condition.get("message"))
                        .orElse("The Certificate is not made yet."));
    }

    /** Validity as cert-manager tells it. */
    public static Optional<EnvironmentStatus.Certificate> status(Certificate certificate) {
        if (certificate == null || certificate.get("status", "notAfter") == null) {
            return Optional.empty();
        }
        return Optional.of(new EnvironmentStatus.Certificate(
                certificate.get("status", "notAfter"), certificate.get("status", "renewalTime")));
    }

    private static boolean isCurrent(Certificate certificate, String type, String status) {
        return condition(certificate, type)
                .filter(condition -> status.equals(condition.get("status")))
                .filter(condition -> Objects.equals(
                        ((Number) Objects.requireNonNullElse(condition.get("observedGeneration"), -1)).longValue(),
                        certificate.getMetadata().getGeneration()))
                .isPresent();
    }

    private static Optional<Map<String, Object>> condition(Certificate certificate, String type) {
        if (certificate == null) {
            return Optional.empty();
        }
        List<Map<String, Object>> conditions = certificate.get("status", "conditions");
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.equals(condition.get("type")))
                        .findFirst();
    }
}
