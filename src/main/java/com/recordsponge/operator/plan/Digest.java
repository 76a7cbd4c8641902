package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 over configuration data: equal for equal data, in whatever order it was read. */
public final class Digest {

    private Digest() {}

    /** Digest of names and their values. */
    public static String of(Map<String, String> values) {
        var bytes = new TreeMap<String, byte[]>();
        values.forEach((key, value) -> bytes.put(key, value.getBytes(UTF_8)));
        return ofBytes(bytes);
    }

    /** The same for values of any bytes. */
    public static String ofBytes(Map<String, byte[]> values) {
        return HexFormat.of().formatHex(sha256(values), 0, 16);
    }

    /** Hashes each length before its bytes: otherwise different maps could have the same digest. */
    private static byte[] sha256(Map<String, byte[]> values) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(values).forEach((key, value) -> Stream.of(key.getBytes(UTF_8), value)
                    .forEach(bytes -> {
                        sha256.update(ByteBuffer.allocate(Integer.BYTES)
                                .putInt(bytes.length)
                                .array());
                        sha256.update(bytes);
                    }));
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
