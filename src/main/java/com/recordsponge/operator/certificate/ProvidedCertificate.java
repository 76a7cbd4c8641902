package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a certificate that the owner brings in {@code tls.secretName}. */
public final class ProvidedCertificate {

    private static final int DNS_NAME = 2; // GeneralName's choice, RFC 5280 section 4.2.1.6

    private ProvidedCertificate() {}

    /** @param data the Secret's data; empty when there is no such Secret */
    public static Finding judge(EnvironmentPlan plan, Optional<Map<String, byte[]>> data, Instant now) {
        var secret = plan.tlsSecret();
        if (data.isEmpty()) {
            return failing(
                    "SecretNotFound",
                    "Secret %s of tls.secretName does not exist; create it with kubectl create secret tls.",
                    secret);
        }
        for (var key : List.of("tls.crt", "tls.key")) {
            if (!data.get().containsKey(key)) {
                return failing("SecretKeyMissing", "Secret %s has no key %s; add it.", secret, key);
            }
        }
        var certificate = certificate(data.get());
        if (certificate.isEmpty()) {
            return failing("CertificateInvalid", "tls.crt of Secret %s is not a PEM certificate.", secret);
        }
        if (certificate.get().getNotAfter().toInstant().isBefore(now)) {
            return failing(
                    "Expired",
                    "The certificate in Secret %s ended at %s; replace it.",
                    secret,
                    certificate.get().getNotAfter().toInstant());
        }
        if (certificate.get().getNotBefore().toInstant().isAfter(now)) {
            return failing(
                    "CertificateInvalid",
                    "The certificate in Secret %s is not valid before %s.",
                    secret,
                    certificate.get().getNotBefore().toInstant());
        }
        var uncovered = Stream.concat(Stream.of(plan.spec().host()), plan.aliases().stream())
                .filter(name -> !covers(certificate.get(), name))
                .toList();
        return uncovered.isEmpty()
                ? Finding.ready(
                        Component.CERTIFICATE, "Brought", "Secret %s holds a valid certificate.".formatted(secret))
                : failing(
                        "NamesNotCovered",
                        "The certificate in Secret %s is not for %s.",
                        secret,
                        String.join(", ", uncovered));
    }

    /** Validity of the certificate, if there is one. */
    public static Optional<EnvironmentStatus.Certificate> status(Optional<Map<String, byte[]>> data) {
        return data.flatMap(ProvidedCertificate::certificate)
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

    /** A wildcard stands for exactly one label (RFC 6125, section 6.4.3). */
    private static boolean matches(String pattern, String name) {
        return pattern.equalsIgnoreCase(name)
                || (pattern.startsWith("*.")
                        && name.contains(".")
                        && name.substring(name.indexOf('.')).equalsIgnoreCase(pattern.substring(1)));
    }

    private static Finding failing(String reason, String message, Object... arguments) {
        return Finding.failing(Component.CERTIFICATE, reason, message.formatted(arguments));
    }
}
