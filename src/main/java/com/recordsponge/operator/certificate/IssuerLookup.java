package com.recordsponge.operator.certificate;

import java.util.Optional;

/** Looks up cert-manager's issuers. */
@FunctionalInterface
public interface IssuerLookup {

    /** The state of an issuer. */
    State state(CertificatePlan.Issuer issuer, String namespace);

    /**
     * What is known of an issuer. One of a kind that is not cert-manager's, or that the operator is not allowed to read, counts
     * as ready: cert-manager reports what is wrong with it.
     *
     * @param notReady why cert-manager cannot use it, in cert-manager's words; can be blank
     */
    record State(boolean exists, Optional<String> notReady) {

        public static final State READY = new State(true, Optional.empty());
        public static final State MISSING = new State(false, Optional.empty());

        public static State notReady(String message) {
            return new State(true, Optional.of(message));
        }
    }
}
