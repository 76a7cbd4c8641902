package com.recordsponge.operator.certificate;

import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether Traefik can load the two files of a provided certificate: the measure is Go's {@code tls.X509KeyPair}. */
final class ProvidedFiles {

    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private static final int DER_SEQUENCE = 0x30;

    private ProvidedFiles() {}

    /** The certificates of tls.crt, if all can be read. */
    static Optional<CertificateChain> chain(Map<String, byte[]> data) {
        return CertificateChain.of(blocks(data, CERTIFICATE).stream()
                .filter(PemBlock::isCertificate)
                .toList());
    }

    private static Optional<PrivateKey> key(Map<String, byte[]> data) {
        return keyBlock(data)
                .filter(block -> !block.isEncrypted())
                .flatMap(block -> PrivateKeys.parse(block.content()));
    }

    private static Optional<PemBlock> keyBlock(Map<String, byte[]> data) {
        return blocks(data, KEY).stream().filter(PemBlock::isPrivateKey).findFirst();
    }

    private static List<PemBlock> blocks(Map<String, byte[]> data, String file) {
        return PemBlock.all(data.getOrDefault(file, new byte[0]));
    }

    /** What is wrong with tls.crt, to be read after its name. */
    static Optional<String> flawOfCertificate(Map<String, byte[]> data) {
        if (chain(data).isPresent()) {
            return Optional.empty();
        }
        var blocks = blocks(data, CERTIFICATE);
        if (data.get(CERTIFICATE).length == 0) {
            return Optional.of("is empty; put the certificate into it");
        }
        if (blocks.stream().anyMatch(PemBlock::isCertificate)) {
            return Optional.of("has a certificate that cannot be read; replace it");
        }
        if (blocks.stream().anyMatch(PemBlock::isPrivateKey)) {
            return Optional.of("holds a private key and no certificate; swap tls.crt and tls.key");
        }
        if (isDerCertificate(data.get(CERTIFICATE))) {
            return Optional.of(
                    "is in DER, which Traefik does not read; convert it to PEM with openssl x509 -inform der -in FILE -out tls.crt");
        }
        return Optional.of(
                isBinary(data.get(CERTIFICATE))
                        ? "is binary but not a certificate; extract a PEM certificate from PKCS#12 with openssl pkcs12 -in FILE -nokeys -out tls.crt"
                        : "has no PEM certificate; replace it");
    }

    /** What is wrong with tls.key, to be read after its name. */
    static Optional<String> flawOfKey(Map<String, byte[]> data) {
        var block = keyBlock(data);
        if (block.isPresent()) {
            if (block.get().isEncrypted()) {
                return Optional.of(
                        "is encrypted, and Traefik has no passphrase for it; decrypt it with openssl pkey -in FILE -out tls.key");
            }
            return key(data).isPresent()
                    ? Optional.empty()
                    : Optional.of("is not an RSA, ECDSA or Ed25519 key that Traefik reads; replace it");
        }
        if (data.get(KEY).length == 0) {
            return Optional.of("is empty; put the certificate's private key into it");
        }
        if (blocks(data, KEY).stream().anyMatch(PemBlock::isCertificate)) {
            return Optional.of("holds a certificate and no private key; swap tls.crt and tls.key");
        }
        return Optional.of(
                isBinary(data.get(KEY))
                        ? "is binary, which Traefik does not read; convert it to PEM with openssl pkey -inform der -in FILE -out tls.key"
                        : "has no PEM private key; replace it");
    }

    /** How the key and the certificate do not fit, to be read after the key's name. */
    static Optional<String> mismatch(Map<String, byte[]> data) {
        var key = key(data).orElseThrow();
        var chain = chain(data).orElseThrow();
        if (hasKeyOf(chain, data)) {
            return Optional.empty();
        }
        for (var index = 1; index < chain.all().size(); index++) {
            if (PrivateKeys.match(key, chain.all().get(index).getPublicKey())) {
                return Optional.of(
                        "belongs to certificate %d in tls.crt instead of the first; move that certificate to the top"
                                .formatted(index + 1));
            }
        }
        return Optional.of(
                "does not belong to the certificate in tls.crt; provide the key with which the certificate was requested");
    }

    /** Whether tls.key belongs to the first certificate of a chain. */
    static boolean hasKeyOf(CertificateChain chain, Map<String, byte[]> data) {
        return key(data)
                .filter(key -> PrivateKeys.match(key, chain.leaf().getPublicKey()))
                .isPresent();
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
