package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the state of an issued certificate from cert-manager's Certificate, its issuer and its Challenges. */
final class IssuedCertificate {

    /** Challenges and issuers are not watched. A failed attempt changes only when cert-manager repeats it, after an hour. */
    private static final Duration RECHECK_ISSUING = Duration.ofSeconds(10);

    private static final Duration RECHECK_FAILED = Duration.ofMinutes(1);

    private final IssuerLookup issuers;
    private final IssuanceLookup issuances;

    IssuedCertificate(IssuerLookup issuers, IssuanceLookup issuances) {
        this.issuers = issuers;
        this.issuances = issuances;
    }

    Finding finding(CertificatePlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(CERTIFICATE);
        if (blocker.isPresent()) {
            return Finding.of(blocker.get());
        }
        var certificate = certificate(state);
        var notAfter =
                status(state).map(EnvironmentStatus.Certificate::notAfter).map(Instant::parse);
        if (notAfter.isPresent() && notAfter.get().isBefore(state.now())) {
            return failing(
                    Reason.EXPIRED,
                    "The certificate expired at %s; see kubectl describe certificate %s.%s",
                    notAfter.get(),
                    state.plan().name(),
                    certificate
                            .flatMap(issuances::problem)
                            .map(problem -> " " + problem.message())
                            .orElse(""));
        }
        if (certificate.filter(IssuedCertificate::keepsAnotherKey).isPresent()) {
            return failing(
                    Reason.KEY_NOT_REPLACED,
                    "The key in Secret %s is not an ECDSA P-256 key, and cert-manager does not replace it; delete the Secret, then cert-manager issues a certificate with a new key.",
                    plan.secretName());
        }
        if (certificate.filter(IssuedCertificate::isReady).isPresent()) {
            return ready(plan, certificate.get());
        }
        return unready(plan, state, certificate);
    }

    private Finding ready(CertificatePlan plan, Certificate certificate) {
        var valid = "Secret %s holds a valid certificate.".formatted(plan.secretName());
        var renewal =
                hasFailed(certificate) ? issuances.problem(certificate) : Optional.<IssuanceLookup.Problem>empty();
        return Finding.ready(
                CERTIFICATE,
                Reason.ISSUED,
                renewal.map(problem -> "%s cert-manager cannot renew it. %s".formatted(valid, problem.message()))
                        .orElse(valid));
    }

    private Finding unready(CertificatePlan plan, ReconciliationState state, Optional<Certificate> certificate) {
        var issuer = plan.issuer().orElseThrow();
        var found = issuers.state(issuer, state.plan().namespace());
        if (!found.exists()) {
            return failing(
                    Reason.ISSUER_NOT_FOUND,
                    "%s %s does not exist; create it or correct tls.issuerRef.",
                    issuer.kind(),
                    issuer.name());
        }
        if (found.notReady().isPresent()) {
            var text = found.notReady().get();
            return failing(
                    Reason.ISSUER_NOT_READY,
                    "%s %s is not ready: %s",
                    issuer.kind(),
                    issuer.name(),
                    IssuanceCause.of(IssuanceCause.Source.ISSUER, text).sentence(text));
        }
        return certificate
                .filter(IssuedCertificate::hasBegun)
                .flatMap(issuances::problem)
                .map(IssuedCertificate::finding)
                .orElseGet(() -> Finding.working(CERTIFICATE, Reason.ISSUING, progress(certificate)));
    }

    private static Finding finding(IssuanceLookup.Problem problem) {
        if (!problem.failed()) {
            return Finding.working(CERTIFICATE, Reason.ISSUING, problem.message());
        }
        return Finding.failing(
                CERTIFICATE,
                switch (problem.source()) {
                    case CHALLENGE -> Reason.CHALLENGE_FAILED;
                    case ORDER -> Reason.ORDER_FAILED;
                    case REQUEST, ISSUER -> Reason.REQUEST_FAILED;
                },
                problem.message());
    }

    private static String progress(Optional<Certificate> certificate) {
        if (certificate.isEmpty()) {
            return "The Certificate does not exist yet.";
        }
        return CertManagerConditions.find(certificate.get(), "Issuing")
                .or(() -> CertManagerConditions.find(certificate.get(), "Ready"))
                .map(condition ->
                        "cert-manager: " + ForeignText.shorten(Objects.toString(condition.get("message"), "")))
                .orElseGet(() -> "cert-manager has not read Certificate %s yet; check that its controller runs."
                        .formatted(certificate.get().getMetadata().getName()));
    }

    /** When to ask for the issuer and the Challenges again. */
    static Optional<Duration> recheck(ReconciliationState state) {
        return certificate(state)
                .filter(certificate -> hasBegun(certificate) && !isReady(certificate))
                .map(certificate -> hasFailed(certificate) ? RECHECK_FAILED : RECHECK_ISSUING);
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
        return CertManagerConditions.find(certificate, "Ready")
                .filter(condition -> "True".equals(condition.get("status")))
                .filter(condition -> Objects.equals(
                        ((Number) Objects.requireNonNullElse(condition.get("observedGeneration"), -1)).longValue(),
                        certificate.getMetadata().getGeneration()))
                .isPresent();
    }

    private static boolean hasBegun(Certificate certificate) {
        return CertManagerConditions.find(certificate, "Issuing").isPresent();
    }

    /** Whether the last attempt failed; cert-manager repeats it later. */
    private static boolean hasFailed(Certificate certificate) {
        return CertManagerConditions.find(certificate, "Issuing")
                .filter(condition -> "False".equals(condition.get("status")))
                .isPresent();
    }

    /**
     * Whether cert-manager stopped at a key of another kind, which it reports only in an Event, CannotRegenerateKey. The
     * Certificate is Ready then, if the names in the Secret are right, and begins no request.
     */
    private static boolean keepsAnotherKey(Certificate certificate) {
        return certificate.get("status", "nextPrivateKeySecretName") == null
                && CertManagerConditions.find(certificate, "Issuing")
                        .filter(condition -> "True".equals(condition.get("status")))
                        .filter(IssuedCertificate::isAboutTheKey)
                        .isPresent();
    }

    private static boolean isAboutTheKey(Map<String, Object> condition) {
        return "SecretMismatch".equals(condition.get("reason"))
                && Objects.toString(condition.get("message"), "").startsWith("Existing private key is not up to date");
    }

    private static Finding failing(Reason reason, String message, Object... arguments) {
        return Finding.failing(CERTIFICATE, reason, message.formatted(arguments));
    }
}
