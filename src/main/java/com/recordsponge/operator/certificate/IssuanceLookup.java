package com.recordsponge.operator.certificate;

import java.util.Optional;

/** Looks for what keeps cert-manager from issuing a certificate. */
@FunctionalInterface
public interface IssuanceLookup {

    /** The newest problem of a Certificate's issuance, if cert-manager's objects have one. */
    Optional<Problem> problem(Certificate certificate);

    /**
     * What one of cert-manager's objects says.
     *
     * @param name of the object
     * @param host DNS name that a Challenge is for; empty for others
     * @param text in cert-manager's or the ACME server's words; can be blank
     * @param failed whether cert-manager gave up this attempt; otherwise it is still trying
     */
    record Problem(IssuanceCause.Source source, String name, String host, String text, boolean failed) {

        /** For a person: object, cause, remedy, and the other side's words. */
        String message() {
            return "%s %s%s: %s"
                    .formatted(
                            source,
                            name,
                            host.isEmpty() ? "" : " for " + host,
                            IssuanceCause.of(source, text).sentence(text));
        }
    }
}
