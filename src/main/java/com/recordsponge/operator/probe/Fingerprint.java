package com.recordsponge.operator.probe;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of certificates, as {@code openssl x509 -fingerprint -sha256} prints it for one, without colons. */
final class Fingerprint {

    private Fingerprint() {}

    /** Of one certificate in DER. */
    static String of(byte[] der) {
        return HexFormat.of().formatHex(sha256().digest(der));
    }

    /** Of one certificate, or of a chain. */
    static String of(List<X509Certificate> certificates) {
        var sha256 = sha256();
        for (var certificate : certificates) {
            try {
                sha256.update(certificate.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
