package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.SiteAnswer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Accepts a certificate as a browser does that trusts one authority. */
record CertificateCheck(X509Certificate authority) {

    /** What is wrong with the certificate of an answer for a host; empty if nothing is. */
    Optional<String> flaw(String host, SiteAnswer answer) {
        var certificate = answer.certificate().orElseThrow();
        if (!answer.certificateNames().contains(host)
                && !answer.certificateNames().contains(wildcard(host))) {
            return Optional.of("certificate for " + answer.certificateNames());
        }
        try {
            certificate.checkValidity();
            certificate.verify(authority.getPublicKey());
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of("certificate of %s: %s".formatted(certificate.getIssuerX500Principal(), e.getMessage()));
        }
    }

    private static String wildcard(String host) {
        return "*" + host.substring(host.indexOf('.'));
    }
}
