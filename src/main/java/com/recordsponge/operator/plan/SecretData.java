package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The data of Secrets, which Kubernetes holds in base64. */
public final class SecretData {

    /** Bytes of one copy, and of all sources of variables: the operator keeps the copies of all environments in memory. */
    private static final int LARGEST_COPY = 256 * 1024;

    private SecretData() {}

    /** What is wrong with the length of a value that the operator copies, phrased to follow its name. */
    public static Optional<String> flawOfLength(byte[] value) {
        return value.length <= LARGEST_COPY
                ? Optional.empty()
                : Optional.of("is longer than %d bytes".formatted(LARGEST_COPY));
    }

    /** The same for all values of an object that the operator copies. */
    public static Optional<String> flawOfSize(Map<String, byte[]> data) {
        var bytes = data.values().stream().mapToLong(value -> value.length).sum();
        return excess(bytes).map("has "::concat);
    }

    /** How many bytes are too many to be copied, beside the limit; empty if they are not. */
    public static Optional<String> excess(long bytes) {
        return bytes <= LARGEST_COPY
                ? Optional.empty()
                : Optional.of("%d bytes, more than %d".formatted(bytes, LARGEST_COPY));
    }

    /** The decoded data of a Secret; empty if it has none. */
    public static Map<String, byte[]> decoded(Secret secret) {
        var decoded = new TreeMap<String, byte[]>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((key, value) -> decoded.put(key, Base64.getDecoder().decode(value)));
        return decoded;
    }

    /** Data as a Secret holds it. */
    public static Map<String, String> encoded(Map<String, byte[]> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        return encoded;
    }

    /** The text of one key, if the Secret has it. */
    public static Optional<String> text(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .flatMap(data -> Optional.ofNullable(data.get(key)))
                .map(value -> new String(Base64.getDecoder().decode(value), UTF_8));
    }
}
