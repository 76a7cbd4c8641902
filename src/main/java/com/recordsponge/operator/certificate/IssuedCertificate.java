package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import java.time.Duration;
import java.util.Optional;

/** Reports an issued certificate, from cert-manager's Certificate, its Secret, its issuer and its Challenges. */
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
        var found = issuance(plan, state);
        var expired = found.flatMap(IssuanceState::notAfter).filter(state.now()::isAfter);
        if (expired.isPresent()) {
            return failing(
                    Reason.EXPIRED,
                    "The certificate expired at %s; see kubectl describe certificate %s.%s",
                    expired.get(),
                    plan.secretName(),
                    problem(found).map(problem -> " " + problem.message()).orElse(""));
        }
        if (found.filter(IssuanceState::keepsAnotherKey).isPresent()) {
            return failing(
                    Reason.KEY_NOT_REPLACED,
                    "The key in Secret %s is not an ECDSA P-256 key, and cert-manager does not replace it; delete the Secret, then cert-manager issues a certificate with a new key.",
                    plan.secretName());
        }
        return found.filter(IssuanceState::isReady)
                .map(ready -> ready(plan, ready, state))
                .orElseGet(() -> unready(plan, state, found));
    }

    private Finding ready(CertificatePlan plan, IssuanceState ready, ReconciliationState state) {
        var stored = CertificatePlan.stored(plan.secretName(), state.owned());
        if (stored.isEmpty()) {
            return Finding.working(
                    CERTIFICATE,
                    Reason.ISSUING,
                    "cert-manager reports Certificate %s as ready, but its Secret does not exist yet."
                            .formatted(plan.secretName()));
        }
        if (!stored.get().isUsable(plan.names(), state.now())) {
            return unusable(plan, stored.get());
        }
        var valid = "Secret %s holds a valid certificate.".formatted(plan.secretName());
        return Finding.ready(
                CERTIFICATE,
                Reason.ISSUED,
                problem(Optional.of(ready).filter(IssuanceState::hasFailed))
                        .map(problem -> "%s cert-manager cannot renew it. %s".formatted(valid, problem.message()))
                        .orElse(valid));
    }

    private static Finding unusable(CertificatePlan plan, CertificateContent stored) {
        var uncovered = stored.uncovered(plan.names());
        return stored.flaw().isPresent() || uncovered.isEmpty()
                ? failing(
                        Reason.CERTIFICATE_INVALID,
                        "Secret %s holds no valid certificate with its key, although cert-manager reports one; delete the Secret, then cert-manager issues it again.",
                        plan.secretName())
                : failing(
                        Reason.NAMES_NOT_COVERED,
                        "The certificate that cert-manager wrote into Secret %s does not cover %s; check what issuer %s permits.",
                        plan.secretName(),
                        String.join(", ", uncovered),
                        plan.issuer().orElseThrow().name());
    }

    private Finding unready(CertificatePlan plan, ReconciliationState state, Optional<IssuanceState> found) {
        var issuer = plan.issuer().orElseThrow();
        var known = issuers.state(issuer, state.plan().namespace());
        if (!known.exists()) {
            return failing(
                    Reason.ISSUER_NOT_FOUND,
                    "%s %s does not exist; create it or correct tls.issuerRef.",
                    issuer.kind(),
                    issuer.name());
        }
        if (known.notReady().isPresent()) {
            var text = known.notReady().get();
            return failing(
                    Reason.ISSUER_NOT_READY,
                    "%s %s is not ready: %s",
                    issuer.kind(),
                    issuer.name(),
                    IssuanceCause.of(IssuanceCause.Source.ISSUER, text).sentence(text));
        }
        return problem(found.filter(IssuanceState::hasBegun))
                .map(IssuedCertificate::finding)
                .orElseGet(() -> Finding.working(
                        CERTIFICATE,
                        Reason.ISSUING,
                        found.map(IssuanceState::progress).orElse("The Certificate does not exist yet.")));
    }

    private Optional<IssuanceLookup.Problem> problem(Optional<IssuanceState> found) {
        return found.map(IssuanceState::certificate).flatMap(issuances::problem);
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

    /** When to ask for the issuer and the Challenges again. */
    static Optional<Duration> recheck(CertificatePlan plan, ReconciliationState state) {
        return issuance(plan, state)
                .filter(found -> found.hasBegun() && !found.isReady())
                .map(found -> found.hasFailed() ? RECHECK_FAILED : RECHECK_ISSUING);
    }

    /** The validity that cert-manager reports. */
    static Optional<EnvironmentStatus.Certificate> status(CertificatePlan plan, ReconciliationState state) {
        return issuance(plan, state).flatMap(IssuanceState::validity);
    }

    private static Optional<IssuanceState> issuance(CertificatePlan plan, ReconciliationState state) {
        return state.owned().named(Certificate.class, plan.secretName()).map(IssuanceState::new);
    }

    private static Finding failing(Reason reason, String message, Object... arguments) {
        return Finding.failing(CERTIFICATE, reason, message.formatted(arguments));
    }
}
