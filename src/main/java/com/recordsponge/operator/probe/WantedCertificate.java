package com.recordsponge.operator.probe;

import com.recordsponge.operator.certificate.StoredCertificate;
import java.util.Optional;

/**
 * The certificate that a site's visitors are to see.
 *
 * @param secret name of the Secret that holds it
 * @param fingerprint {@link Fingerprint} of the certificate in the Secret; empty if the Secret cannot be read now: then any
 *     certificate for the host counts
 * @param authorities {@code ca.crt} of the Secret, in PEM; empty if it has none
 * @param provided whether the owner of the site provides it: then clients may know an issuer that the operator does not
 */
public record WantedCertificate(String secret, String fingerprint, String authorities, boolean provided) {

    /** Environments of one issuer share the text of its authorities. */
    public WantedCertificate {
        authorities = authorities.intern();
    }

    /** @param stored what the Secret holds; empty if it cannot be read now */
    public static WantedCertificate of(String secret, Optional<StoredCertificate> stored, boolean provided) {
        return new WantedCertificate(
                secret,
                stored.map(StoredCertificate::der).map(Fingerprint::of).orElse(""),
                stored.map(StoredCertificate::authorities).orElse(""),
                provided);
    }
}
