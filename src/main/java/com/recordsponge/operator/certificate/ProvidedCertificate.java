package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a certificate that the owner provides in {@code tls.secretName}. */
final class ProvidedCertificate {

    private static final int DNS_NAME = 2; // GeneralName's choice, RFC 5280 section 4.2.1.6

    private ProvidedCertificate() {}

    static Finding finding(CertificatePlan plan, Instant now) {
        var secret = plan.secretName();
        if (plan.provided().isEmpty()) {
            return failing(
                    Reason.SECRET_NOT_FOUND,
                    "Secret %s of tls.secretName does not exist; create it with kubectl create secret tls.",
                    secret);
        }
        for (var key : List.of("tls.crt", "tls.key")) {
            if (!plan.provided().get().containsKey(key)) {
                return failing(Reason.SECRET_INCOMPLETE, "Secret %s has no key %s; add it.", secret, key);
            }
        }
        var certificate = certificate(plan.provided().get());
        if (certificate.isEmpty()) {
            return failing(
                    Reason.CERTIFICATE_INVALID, "tls.crt of Secret %s is not a PEM certificate; replace it.", secret);
        }
        var notAfter = certificate.get().getNotAfter().toInstant();
        if (notAfter.isBefore(now)) {
            return failing(Reason.EXPIRED, "The certificate in Secret %s expired at %s; replace it.", secret, notAfter);
        }
        var notBefore = certificate.get().getNotBefore().toInstant();
        if (notBefore.isAfter(now)) {
            return failing(
                    Reason.CERTIFICATE_INVALID,
                    "The certificate in Secret %s is not valid before %s; replace it.",
                    secret,
                    notBefore);
        }
        var uncovered = plan.names().stream()
                .filter(name -> !covers(certificate.get(), name))
                .toList();
        return uncovered.isEmpty()
                ? Finding.ready(
                        Component.CERTIFICATE,
                        Reason.PROVIDED,
                        "Secret %s holds a valid certificate.".formatted(secret))
                : failing(
                        Reason.NAMES_NOT_COVERED,
                        "The certificate in Secret %s does not cover %s; provide one that does.",
                        secret,
                        String.join(", ", uncovered));
    }

    /** Validity of the certificate, if there is one. */
    static Optional<EnvironmentStatus.Certificate> status(CertificatePlan plan) {
        return plan.provided()
                .flatMap(ProvidedCertificate::certificate)
                .map(certificate -> new EnvironmentStatus.Certificate(
                        certificate.getNotAfter().toInstant().toString(), null));
    }

    private static Optional<X509Certificate> certificate(Map<String, byte[]> data) {
        if (!data.containsKey("tls.crt")) {
            return Optional.empty();
        }
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(data.get("tls.crt"))));
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }

    private static boolean covers(X509Certificate certificate, String name) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(entry -> entry.getFirst().equals(DNS_NAME))
                            .map(entry -> (String) entry.get(1))
                            .anyMatch(pattern -> matches(pattern, name));
        } catch (CertificateException _) {
            return false;
        }
    }

    /** A wildcard matches exactly one label (RFC 6125, section 6.4.3). */
    private static boolean matches(String pattern, String name) {
        return pattern.equalsIgnoreCase(name)
                || (pattern.startsWith("*.")
                        && name.contains(".")
                        && name.substring(name.indexOf('.')).equalsIgnoreCase(pattern.substring(1)));
    }

    private static Finding failing(Reason reason, String message, Object... arguments) {
        return Finding.failing(Component.CERTIFICATE, reason, message.formatted(arguments));
    }
}
