package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over configuration data: equal for equal data, whatever order it was read in. */
public final class Digest {

    private final MessageDigest sha256;

    private Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(Collection<Reference> references, PlanInput observation) {
        var digest = new Digest();
        references.stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .forEach(reference -> {
                    digest.add(reference.toString().getBytes(UTF_8));
                    observation.of(reference).ifPresent(digest::addAll);
                });
        return digest.hex();
    }

    /** Digest of names and their values. */
    public static String of(Map<String, String> values) {
        var digest = new Digest();
        new TreeMap<>(values).forEach((key, value) -> {
            digest.add(key.getBytes(UTF_8));
            digest.add(value.getBytes(UTF_8));
        });
        return digest.hex();
    }

    private void addAll(Map<String, byte[]> data) {
        new TreeMap<>(data).forEach((key, value) -> {
            add(key.getBytes(UTF_8));
            add(value);
        });
    }

    /** Length first, so that no two lists of values look the same. */
    private void add(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
    }

    private String hex() {
        return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    }
}
