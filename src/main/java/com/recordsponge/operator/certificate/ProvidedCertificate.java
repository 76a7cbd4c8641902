package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks a certificate that the owner provides in {@code tls.secretName}: whether Traefik loads it, instead of serving its own
 * default certificate, and whether clients then accept it.
 */
final class ProvidedCertificate {

    private ProvidedCertificate() {}

    static Finding finding(CertificatePlan plan, Instant now) {
        var secret = plan.secretName();
        if (plan.provided().isEmpty()) {
            return failing(
                    Reason.SECRET_NOT_FOUND,
                    "Secret %s of tls.secretName does not exist; create it with kubectl create secret tls.",
                    secret);
        }
        var data = plan.provided().get();
        for (var key : List.of(ProvidedFiles.CERTIFICATE, ProvidedFiles.KEY)) {
            if (!data.containsKey(key)) {
                return failing(Reason.SECRET_INCOMPLETE, "Secret %s has no key %s; add it.", secret, key);
            }
        }
        var chain = ProvidedFiles.chain(data);
        return Stream.<Supplier<Optional<Finding>>>of(
                        () -> ProvidedFiles.flawOfCertificate(data)
                                .map(flaw ->
                                        failing(Reason.CERTIFICATE_INVALID, "tls.crt of Secret %s %s.", secret, flaw)),
                        () -> ProvidedFiles.flawOfKey(data)
                                .map(flaw -> failing(Reason.KEY_INVALID, "tls.key of Secret %s %s.", secret, flaw)),
                        () -> ProvidedFiles.mismatch(data)
                                .map(flaw -> failing(Reason.KEY_MISMATCH, "tls.key of Secret %s %s.", secret, flaw)),
                        () -> validity(secret, chain.orElseThrow(), now),
                        () -> names(plan, chain.orElseThrow()),
                        () -> incomplete(secret, chain.orElseThrow()))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> valid(secret, chain.orElseThrow()));
    }

    /** The certificate's validity, if there is one. */
    static Optional<EnvironmentStatus.Certificate> status(CertificatePlan plan) {
        return plan.provided()
                .flatMap(ProvidedFiles::chain)
                .map(chain -> new EnvironmentStatus.Certificate(
                        chain.leaf().getNotAfter().toInstant().toString(), null));
    }

    /** When a certificate of the chain becomes valid or expires next. */
    static Optional<Instant> nextChange(CertificatePlan plan, Instant now) {
        return plan.provided().flatMap(ProvidedFiles::chain).flatMap(chain -> chain.nextChange(now));
    }

    private static Optional<Finding> validity(String secret, CertificateChain chain, Instant now) {
        for (var certificate : chain.path()) {
            var which = certificate.equals(chain.leaf())
                    ? "certificate"
                    : "certificate of the issuer " + CertificateChain.name(certificate.getSubjectX500Principal());
            var notAfter = certificate.getNotAfter().toInstant();
            if (notAfter.isBefore(now)) {
                return Optional.of(failing(
                        Reason.EXPIRED, "The %s in Secret %s expired at %s; replace it.", which, secret, notAfter));
            }
            var notBefore = certificate.getNotBefore().toInstant();
            if (notBefore.isAfter(now)) {
                return Optional.of(failing(
                        Reason.CERTIFICATE_INVALID,
                        "The %s in Secret %s is not valid before %s; replace it.",
                        which,
                        secret,
                        notBefore));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> names(CertificatePlan plan, CertificateChain chain) {
        var uncovered =
                plan.names().stream().filter(name -> !chain.covers(name)).toList();
        return uncovered.isEmpty()
                ? Optional.empty()
                : Optional.of(failing(
                        Reason.NAMES_NOT_COVERED,
                        "The certificate in Secret %s does not cover %s; provide one that does.",
                        plan.secretName(),
                        String.join(", ", uncovered)));
    }

    private static Optional<Finding> incomplete(String secret, CertificateChain chain) {
        return chain.lacksIssuer() && chain.hasFetchableIssuer()
                ? Optional.of(failing(
                        Reason.CHAIN_INCOMPLETE,
                        "tls.crt of Secret %s lacks the certificate of its issuer %s, without which many clients refuse the site; append it to tls.crt.",
                        secret,
                        CertificateChain.name(chain.leaf().getIssuerX500Principal())))
                : Optional.empty();
    }

    /** A private authority often has no intermediate certificates; its clients have its root. */
    private static Finding valid(String secret, CertificateChain chain) {
        var valid = "Secret %s holds a valid certificate.".formatted(secret);
        return Finding.ready(
                Component.CERTIFICATE,
                Reason.PROVIDED,
                chain.lacksIssuer()
                        ? "%s Only clients that trust its issuer %s accept it; for others append the issuer's certificate to tls.crt."
                                .formatted(
                                        valid,
                                        CertificateChain.name(chain.leaf().getIssuerX500Principal()))
                        : valid);
    }

    private static Finding failing(Reason reason, String message, Object... arguments) {
        return Finding.failing(Component.CERTIFICATE, reason, message.formatted(arguments));
    }
}
