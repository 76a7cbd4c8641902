package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateSecrets;
import com.recordsponge.operator.certificate.ServerCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Whether the ingress controller presents the site's certificate, and whether clients accept it. */
final class PresentedCertificates {

    private static final String TRAEFIK_DEFAULT = "CN=TRAEFIK DEFAULT CERT";

    private final Trust trust;
    private final CertificateSecrets secrets;

    /** @param secrets those of all environments */
    PresentedCertificates(Trust trust, CertificateSecrets secrets) {
        this.trust = trust;
        this.secrets = secrets;
    }

    /**
     * What came of a comparison.
     *
     * @param failure why clients do not see the site's certificate
     * @param warning a sentence to append to the message, with a space before it; can be empty
     */
    record Verdict(Optional<ProbeResult> failure, String warning) {

        private static final Verdict GOOD = new Verdict(Optional.empty(), "");

        private static Verdict failed(Reason reason, String message, Object... arguments) {
            return new Verdict(Optional.of(ProbeResult.failed(reason, message, arguments)), "");
        }
    }

    /** @param chain what was presented, of at least one certificate */
    Verdict compare(SiteRequest request, List<X509Certificate> chain) {
        var wanted = request.certificate().orElseThrow();
        var leaf = chain.getFirst();
        if (subject(leaf).startsWith(TRAEFIK_DEFAULT)) {
            return Verdict.failed(
                    Reason.WRONG_CERTIFICATE,
                    "%s presents Traefik's default certificate, which no client accepts: Traefik has not loaded Secret %s; check its log.",
                    request.url(),
                    wanted.secret());
        }
        var expected =
                wanted.fingerprint().isEmpty() || Fingerprint.of(List.of(leaf)).equals(wanted.fingerprint());
        var holder = expected ? Optional.<String>empty() : secrets.describe(leaf);
        if (holder.isPresent()) {
            return Verdict.failed(
                    Reason.WRONG_CERTIFICATE,
                    "%s presents the certificate in %s (%s) instead of that in Secret %s; remove what covers %s from that certificate, or provide the same one in both.",
                    request.url(),
                    holder.get(),
                    describe(leaf),
                    wanted.secret(),
                    request.host());
        }
        if (!ServerCertificate.names(chain, request.host())) {
            return Verdict.failed(
                    Reason.WRONG_CERTIFICATE,
                    "%s presents a certificate that does not name %s (%s) instead of that in Secret %s; check the ingress controller's log.",
                    request.url(),
                    request.host(),
                    describe(leaf),
                    wanted.secret());
        }
        if (!isValid(leaf)) {
            return Verdict.failed(
                    Reason.WRONG_CERTIFICATE,
                    "%s presents a certificate that is valid from %s to %s only (%s); check Secret %s and the ingress controller's log.",
                    request.url(),
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant(),
                    describe(leaf),
                    wanted.secret());
        }
        if (wanted.fingerprint().isEmpty()) {
            return Verdict.GOOD;
        }
        if (!expected) {
            return Verdict.failed(
                    Reason.WRONG_CERTIFICATE,
                    "%s presents another certificate (%s) than that in Secret %s; find the other Secret with a certificate for %s, which an Ingress or a TLSStore names.",
                    request.url(),
                    describe(leaf),
                    wanted.secret(),
                    request.host());
        }
        return trust.accepts(chain, wanted.authorities()) ? Verdict.GOOD : untrusted(request, wanted, leaf);
    }

    private static Verdict untrusted(SiteRequest request, WantedCertificate wanted, X509Certificate leaf) {
        var issuer = ServerCertificate.describe(leaf.getIssuerX500Principal());
        return wanted.provided()
                ? new Verdict(
                        Optional.empty(),
                        " Only clients that know its issuer accept its certificate: neither ca.crt of Secret %s nor the operator's CA bundle nor the system trusts %s."
                                .formatted(wanted.secret(), issuer))
                : Verdict.failed(
                        Reason.UNTRUSTED_CERTIFICATE,
                        "Clients do not accept the certificate of %s: neither ca.crt of Secret %s nor the operator's CA bundle nor the system trusts its issuer %s; use an issuer that clients trust, or add it to the chart's ingressController.caConfigMap.",
                        request.url(),
                        wanted.secret(),
                        issuer);
    }

    private static boolean isValid(X509Certificate leaf) {
        try {
            leaf.checkValidity();
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    private static String describe(X509Certificate leaf) {
        return "subject %s, issuer %s, serial number %s"
                .formatted(
                        subject(leaf),
                        ServerCertificate.describe(leaf.getIssuerX500Principal()),
                        leaf.getSerialNumber().toString(16));
    }

    /** An empty subject is written as such: many certificates have only alternative names. */
    private static String subject(X509Certificate leaf) {
        var name = ServerCertificate.describe(leaf.getSubjectX500Principal());
        return name.isEmpty() ? "(empty)" : name;
    }
}
