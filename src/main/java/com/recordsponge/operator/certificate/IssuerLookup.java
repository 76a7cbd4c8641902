package com.recordsponge.operator.certificate;

/** Looks up cert-manager's issuers. */
@FunctionalInterface
public interface IssuerLookup {

    /** Whether an issuer is one of cert-manager's own kinds and does not exist. */
    boolean isMissing(CertificatePlan.Issuer issuer, String namespace);
}
