package com.recordsponge.operator.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads private keys as Go's {@code tls.X509KeyPair} does it, with which Traefik loads certificates: RSA, ECDSA or Ed25519, in
 * PKCS#8, PKCS#1 (RFC 8017, appendix A.1.2) or SEC 1 (RFC 5915), whatever the name of the PEM block.
 */
final class PrivateKeys {

    private static final Map<String, String> SIGNATURES = Map.of("EC", "SHA256withECDSA", "EdDSA", "Ed25519");

    /** AlgorithmIdentifiers in DER: rsaEncryption, and id-ecPublicKey with each of the curves of TLS. */
    private static final List<String> RSA = List.of("300d06092a864886f70d0101010500");

    private static final Map<String, String> CURVES = Map.of(
            "06082a8648ce3d030107", "301306072a8648ce3d020106082a8648ce3d030107",
            "06052b81040022", "301006072a8648ce3d020106052b81040022",
            "06052b81040023", "301006072a8648ce3d020106052b81040023");

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private PrivateKeys() {}

    /** The key in DER, if Traefik can read it. */
    static Optional<PrivateKey> parse(byte[] der) {
        var named = HexFormat.of().formatHex(der);
        var curves = CURVES.entrySet().stream()
                .filter(curve -> named.contains(curve.getKey()))
                .map(Map.Entry::getValue);
        return Stream.of(
                        Stream.of("RSA", "EC", "Ed25519").map(algorithm -> key(algorithm, der)),
                        RSA.stream().map(identifier -> key("RSA", pkcs8(identifier, der))),
                        curves.map(identifier -> key("EC", pkcs8(identifier, der))))
                .flatMap(keys -> keys)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    /** PrivateKeyInfo (RFC 5208, section 5) around a key. */
    private static byte[] pkcs8(String algorithmIdentifier, byte[] key) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(HexFormat.of().parseHex("020100" + algorithmIdentifier));
        content.writeBytes(element(0x04, key));
        return element(0x30, content.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(0x84);
        element.writeBytes(HexFormat.of().parseHex("%08x".formatted(content.length)));
        element.writeBytes(content);
        return element.toByteArray();
    }

    /** Whether a private and a public key belong together. */
    static boolean match(PrivateKey privateKey, PublicKey publicKey) {
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        if (privateKey instanceof RSAPrivateKey one && publicKey instanceof RSAPublicKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        try {
            var signature = Signature.getInstance(SIGNATURES.get(privateKey.getAlgorithm()));
            signature.initSign(privateKey);
            signature.update(PROBE);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
