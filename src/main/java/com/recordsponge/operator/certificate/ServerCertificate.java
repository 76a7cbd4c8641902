package com.recordsponge.operator.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** What other packages want to know of the certificates that a server presents. */
public final class ServerCertificate {

    private ServerCertificate() {}

    /** Whether the first certificate of a chain is for a DNS name. */
    public static boolean names(List<X509Certificate> chain, String host) {
        return CertificateContent.of(new CertificateChain(chain))
                .uncovered(List.of(host))
                .isEmpty();
    }

    /** A distinguished name for a message; RFC 2253 escapes what is not text. */
    public static String describe(X500Principal name) {
        return CertificateChain.name(name);
    }
}
