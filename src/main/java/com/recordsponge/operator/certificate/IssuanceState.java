package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How far cert-manager has come with a Certificate, by the Certificate's status. */
record IssuanceState(Certificate certificate) {

    /** Whether cert-manager has issued it for the present spec. */
    boolean isReady() {
        return CertManagerConditions.find(certificate, "Ready")
                .filter(condition -> "True".equals(condition.get("status")))
                .filter(condition -> Objects.equals(
                        ((Number) Objects.requireNonNullElse(condition.get("observedGeneration"), -1)).longValue(),
                        certificate.getMetadata().getGeneration()))
                .isPresent();
    }

    boolean hasBegun() {
        return CertManagerConditions.find(certificate, "Issuing").isPresent();
    }

    /** Whether the last attempt failed; cert-manager repeats it later. */
    boolean hasFailed() {
        return CertManagerConditions.find(certificate, "Issuing")
                .filter(condition -> "False".equals(condition.get("status")))
                .isPresent();
    }

    /**
     * Whether cert-manager stopped at a key of another kind, which it reports only in an Event, CannotRegenerateKey. The
     * Certificate is Ready then, if the names in the Secret are right, and begins no request.
     */
    boolean keepsAnotherKey() {
        return certificate.get("status", "nextPrivateKeySecretName") == null
                && CertManagerConditions.find(certificate, "Issuing")
                        .filter(condition -> "True".equals(condition.get("status")))
                        .filter(IssuanceState::isAboutTheKey)
                        .isPresent();
    }

    private static boolean isAboutTheKey(Map<String, Object> condition) {
        return "SecretMismatch".equals(condition.get("reason"))
                && Objects.toString(condition.get("message"), "").startsWith("Existing private key is not up to date");
    }

    /** What cert-manager is doing, in its words. */
    String progress() {
        return CertManagerConditions.find(certificate, "Issuing")
                .or(() -> CertManagerConditions.find(certificate, "Ready"))
                .map(condition ->
                        "cert-manager: " + ForeignText.shorten(Objects.toString(condition.get("message"), "")))
                .orElseGet(() -> "cert-manager has not read Certificate %s yet; check that its controller runs."
                        .formatted(certificate.getMetadata().getName()));
    }

    /** The validity that cert-manager reports. */
    Optional<EnvironmentStatus.Certificate> validity() {
        return Optional.<String>ofNullable(certificate.get("status", "notAfter"))
                .map(notAfter -> new EnvironmentStatus.Certificate(notAfter, certificate.get("status", "renewalTime")));
    }

    Optional<Instant> notAfter() {
        return validity().map(EnvironmentStatus.Certificate::notAfter).map(Instant::parse);
    }
}
