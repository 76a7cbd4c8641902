package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the state of an issued certificate from cert-manager's Certificate. */
final class IssuedCertificate {

    private IssuedCertificate() {}

    static Finding finding(CertificatePlan plan, ReconciliationState state, IssuerLookup issuers) {
        var blocker = state.plan().blocker(CERTIFICATE);
        if (blocker.isPresent()) {
            return Finding.of(blocker.get());
        }
        var certificate = certificate(state);
        var notAfter =
                status(state).map(EnvironmentStatus.Certificate::notAfter).map(Instant::parse);
        if (notAfter.isPresent() && notAfter.get().isBefore(state.now())) {
            return Finding.failing(
                    CERTIFICATE,
                    Reason.EXPIRED,
                    "The certificate expired at %s; see kubectl describe certificate %s."
                            .formatted(notAfter.get(), state.plan().name()));
        }
        if (certificate.filter(IssuedCertificate::isReady).isPresent()) {
            return Finding.ready(
                    CERTIFICATE, Reason.ISSUED, "Secret %s holds a valid certificate.".formatted(plan.secretName()));
        }
        var issuer = plan.issuer().orElseThrow();
        if (issuers.isMissing(issuer, state.plan().namespace())) {
            return Finding.failing(
                    CERTIFICATE,
                    Reason.ISSUER_NOT_FOUND,
                    "%s %s does not exist; create it or correct tls.issuerRef."
                            .formatted(issuer.kind(), issuer.name()));
        }
        return Finding.working(
                CERTIFICATE,
                Reason.ISSUING,
                certificate
                        .flatMap(found -> condition(found, "Issuing").or(() -> condition(found, "Ready")))
                        .map(condition -> "cert-manager: " + condition.get("message"))
                        .orElse("The Certificate does not exist yet."));
    }

    /** The validity that cert-manager reports. */
    static Optional<EnvironmentStatus.Certificate> status(ReconciliationState state) {
        return certificate(state)
                .filter(certificate -> certificate.get("status", "notAfter") != null)
                .map(certificate -> new EnvironmentStatus.Certificate(
                        certificate.get("status", "notAfter"), certificate.get("status", "renewalTime")));
    }

    private static Optional<Certificate> certificate(ReconciliationState state) {
        return state.owned().named(Certificate.class, state.plan().name());
    }

    private static boolean isReady(Certificate certificate) {
        return condition(certificate, "Ready")
                .filter(condition -> "True".equals(condition.get("status")))
                .filter(condition -> Objects.equals(
                        ((Number) Objects.requireNonNullElse(condition.get("observedGeneration"), -1)).longValue(),
                        certificate.getMetadata().getGeneration()))
                .isPresent();
    }

    private static Optional<Map<String, Object>> condition(Certificate certificate, String type) {
        List<Map<String, Object>> conditions = certificate.get("status", "conditions");
        return Objects.requireNonNullElse(conditions, List.<Map<String, Object>>of()).stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }
}
