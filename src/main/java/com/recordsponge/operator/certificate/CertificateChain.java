package com.recordsponge.operator.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates of a PEM file, which Traefik sends to clients as they are: the first is the site's, the others lead to a
 * root that clients know.
 */
record CertificateChain(List<X509Certificate> all) {

    private static final int DNS_NAME = 2; // GeneralName's choice, RFC 5280 section 4.2.1.6
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String CA_ISSUERS = "06082b06010505073002"; // RFC 5280 section 4.2.2.1, in DER

    CertificateChain {
        all = List.copyOf(all);
    }

    /** The chain of a file with at least one block; empty if one of its certificates cannot be read. */
    static Optional<CertificateChain> of(List<PemBlock> blocks) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificates = new ArrayList<X509Certificate>();
            for (var block : blocks) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
            }
            return certificates.isEmpty() ? Optional.empty() : Optional.of(new CertificateChain(certificates));
        } catch (CertificateException _) {
            return Optional.empty();
        }
    }

    X509Certificate leaf() {
        return all.getFirst();
    }

    /** The leaf, its issuer, the issuer of that, as far as the file has them in any order. */
    List<X509Certificate> path() {
        var path = new ArrayList<>(List.of(leaf()));
        for (var next = issuer(leaf()); next.isPresent() && !path.contains(next.get()); next = issuer(next.get())) {
            path.add(next.get());
        }
        return path;
    }

    private Optional<X509Certificate> issuer(X509Certificate certificate) {
        return all.stream().filter(other -> issued(other, certificate)).findFirst();
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** A distinguished name for a message: RFC 2253 escapes what is not text. */
    static String name(X500Principal principal) {
        return ForeignText.shorten(principal.getName());
    }

    /** Whether the file lacks the leaf's issuer. */
    boolean lacksIssuer() {
        return issuer(leaf()).isEmpty();
    }

    /**
     * Whether the leaf says where clients can fetch its issuer, as those of public authorities do: it is not a root, which
     * clients have. Browsers fetch it, other clients do not.
     */
    boolean hasFetchableIssuer() {
        var access = leaf().getExtensionValue(AUTHORITY_INFORMATION_ACCESS);
        return access != null && HexFormat.of().formatHex(access).contains(CA_ISSUERS);
    }

    /** The leaf's DNS names, in lower case; none if its list cannot be read. */
    List<String> names() {
        try {
            var names = leaf().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(entry -> entry.getFirst().equals(DNS_NAME))
                            .map(entry -> ((String) entry.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateException _) {
            return List.of();
        }
    }

    /** The common name of the leaf's subject, in lower case. */
    Optional<String> commonName() {
        try {
            return new LdapName(leaf().getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> rdn.getValue().toString().toLowerCase(Locale.ROOT))
                            .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
