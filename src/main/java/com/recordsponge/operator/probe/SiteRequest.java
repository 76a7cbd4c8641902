package com.recordsponge.operator.probe;

import java.util.Optional;

/**
 * What the operator asks of a site, and what it expects.
 *
 * @param host DNS name of the site
 * @param certificate what the ingress controller is to present; empty for plain HTTP
 * @param identity value of {@link SiteIdentity#HEADER}; empty if the ingress controller cannot set it
 * @param protectedPath whether the path requires a password, so that 401 is the site's answer
 * @param form identifies one of a site's routes, of which two can exist side by side: to an old and to a new host
 * @param content digest of the objects of that route
 */
public record SiteRequest(
        String host,
        Optional<WantedCertificate> certificate,
        Optional<String> identity,
        boolean protectedPath,
        String form,
        String content) {

    /** Every application answers here without a session. */
    public static final String PATH = "/api/hello";

    public boolean tls() {
        return certificate.isPresent();
    }

    /** The URL of the site. */
    public String url() {
        return (tls() ? "https://" : "http://") + host;
    }

    /** Whether the other request is the same, but for what the Secret of the certificate holds. */
    boolean isSameSite(SiteRequest other) {
        return withoutContentOfSecret().equals(other.withoutContentOfSecret());
    }

    private SiteRequest withoutContentOfSecret() {
        return new SiteRequest(
                host,
                certificate.map(wanted -> new WantedCertificate(wanted.secret(), "", "", wanted.provided())),
                identity,
                protectedPath,
                form,
                content);
    }
}
