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

    private SecretData() {}

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
