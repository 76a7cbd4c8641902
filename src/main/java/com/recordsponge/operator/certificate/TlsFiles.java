package com.recordsponge.operator.certificate;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.SecretData;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;

/** Whether Traefik can load the two files of a certificate: the measure is Go's {@code tls.X509KeyPair}. */
record TlsFiles(byte[] certificate, byte[] key) {

    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private static final int DER_SEQUENCE = 0x30;

    CertificateContent content() {
        var size = SecretData.flawOfSize(Map.of(CERTIFICATE, certificate, KEY, key));
        if (size.isPresent()) {
            return CertificateContent.flawed(
                    Reason.CERTIFICATE_INVALID,
                    "Secret %%s %s; keep only the certificate and its issuers in tls.crt.".formatted(size.get()));
        }
        var chain = chain();
        if (chain.isEmpty()) {
            return flawed(Reason.CERTIFICATE_INVALID, CERTIFICATE, flawOfCertificate());
        }
        var privateKey = privateKey();
        if (privateKey.isEmpty()) {
            return flawed(Reason.KEY_INVALID, KEY, flawOfKey());
        }
        return mismatch(privateKey.get(), chain.get())
                .map(flaw -> flawed(Reason.KEY_MISMATCH, KEY, flaw))
                .orElseGet(() -> CertificateContent.of(chain.get()));
    }

    private static CertificateContent flawed(Reason reason, String file, String flaw) {
        return CertificateContent.flawed(reason, file + " of Secret %s " + flaw + ".");
    }

    /** The certificates of tls.crt, if all can be read. */
    private Optional<CertificateChain> chain() {
        return CertificateChain.of(PemBlock.all(certificate).stream()
                .filter(PemBlock::isCertificate)
                .toList());
    }

    private Optional<PrivateKey> privateKey() {
        return keyBlock().filter(block -> !block.isEncrypted()).flatMap(block -> PrivateKeys.parse(block.content()));
    }

    private Optional<PemBlock> keyBlock() {
        return PemBlock.all(key).stream().filter(PemBlock::isPrivateKey).findFirst();
    }

    /** To be read after the name of tls.crt. */
    private String flawOfCertificate() {
        var blocks = PemBlock.all(certificate);
        if (certificate.length == 0) {
            return "is empty; put the certificate into it";
        }
        if (blocks.stream().anyMatch(PemBlock::isCertificate)) {
            return "has a certificate that cannot be read; replace it";
        }
        if (blocks.stream().anyMatch(PemBlock::isPrivateKey)) {
            return "holds a private key and no certificate; swap tls.crt and tls.key";
        }
        if (isDerCertificate(certificate)) {
            return "is in DER, which Traefik does not read; convert it to PEM with openssl x509 -inform der -in FILE -out tls.crt";
        }
        return isBinary(certificate)
                ? "is binary but not a certificate; extract a PEM certificate from PKCS#12 with openssl pkcs12 -in FILE -nokeys -out tls.crt"
                : "has no PEM certificate; replace it";
    }

    /** To be read after the name of tls.key. */
    private String flawOfKey() {
        var block = keyBlock();
        if (block.isPresent()) {
            return block.get().isEncrypted()
                    ? "is encrypted, and Traefik has no passphrase for it; decrypt it with openssl pkey -in FILE -out tls.key"
                    : "is not an RSA, ECDSA or Ed25519 key that Traefik reads; replace it";
        }
        if (key.length == 0) {
            return "is empty; put the certificate's private key into it";
        }
        if (PemBlock.all(key).stream().anyMatch(PemBlock::isCertificate)) {
            return "holds a certificate and no private key; swap tls.crt and tls.key";
        }
        return isBinary(key)
                ? "is binary, which Traefik does not read; convert it to PEM with openssl pkey -inform der -in FILE -out tls.key"
                : "has no PEM private key; replace it";
    }

    /** How the key and the certificate do not fit, to be read after the key's name. */
    private static Optional<String> mismatch(PrivateKey privateKey, CertificateChain chain) {
        if (PrivateKeys.match(privateKey, chain.leaf().getPublicKey())) {
            return Optional.empty();
        }
        for (var index = 1; index < chain.all().size(); index++) {
            if (PrivateKeys.match(privateKey, chain.all().get(index).getPublicKey())) {
                return Optional.of(
                        "belongs to certificate %d in tls.crt instead of the first; move that certificate to the top"
                                .formatted(index + 1));
            }
        }
        return Optional.of(
                "does not belong to the certificate in tls.crt; provide the key with which the certificate was requested");
    }

    private static boolean isBinary(byte[] file) {
        return file.length > 0 && file[0] == DER_SEQUENCE;
    }

    private static boolean isDerCertificate(byte[] file) {
        try {
            return isBinary(file)
                    && CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(file))
                            != null;
        } catch (CertificateException _) {
            return false;
        }
    }
}
