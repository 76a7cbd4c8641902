package com.recordsponge.operator.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a notification comes from who knows the secret. */
final class PushSecret {

    private static final String BEARER = "Bearer ";
    private static final String HEADER = "X-Hub-Signature-256";
    private static final String SIGNATURE = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    PushSecret(String secret) {
        this.secret = secret.strip().getBytes(UTF_8);
    }

    /** Whether a path ends with it, for senders that can neither sign nor set a header. */
    boolean isIn(String path) {
        return isSecret(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Whether an Authorization header has it. */
    boolean authorizes(String header) {
        return header != null && header.startsWith(BEARER) && isSecret(header.substring(BEARER.length()));
    }

    private boolean isSecret(String text) {
        return MessageDigest.isEqual(secret, text.getBytes(UTF_8));
    }

    /** Whether a request is said to be signed, in the form of GitHub. */
    static boolean isSigned(HttpServerRequest request) {
        return signature(request).isPresent();
    }

    /** Whether the body of a request is signed with it. */
    boolean signs(byte[] body, HttpServerRequest request) {
        return signature(request)
                .filter(signature -> MessageDigest.isEqual(sign(body), signature))
                .isPresent();
    }

    private static Optional<byte[]> signature(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(header -> header.startsWith(SIGNATURE))
                .flatMap(header -> parse(header.substring(SIGNATURE.length())));
    }

    private static Optional<byte[]> parse(String signature) {
        try {
            return Optional.of(HexFormat.of().parseHex(signature));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private byte[] sign(byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }
}
