package com.recordsponge.operator.plan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Values of Secrets that become environment variables: a container starts only if they are text. */
public final class SecretText {

    /** Linux' MAX_ARG_STRLEN is 128 KiB for a name and its value; the rest is for the name. */
    private static final int LONGEST = 127 * 1024;

    private SecretText() {}

    /** What is wrong with a value for an environment variable, phrased to follow its name; empty if nothing is. */
    public static Optional<String> flaw(byte[] value) {
        var text = decode(value);
        if (text.isEmpty()) {
            return Optional.of("is not text in UTF-8");
        }
        if (text.get().indexOf('\0') >= 0) {
            return Optional.of("contains a NUL character");
        }
        return value.length <= LONGEST ? Optional.empty() : Optional.of("is longer than %d bytes".formatted(LONGEST));
    }

    /**
     * The same for a user name or password, which must be one line.
     *
     * @param longest maximum length in bytes
     */
    public static Optional<String> flawOfLogin(byte[] value, int longest) {
        return flaw(value).or(() -> {
            if (decode(value).orElseThrow().chars().anyMatch(Character::isISOControl)) {
                return Optional.of("contains a line break or another control character");
            }
            return value.length <= longest
                    ? Optional.empty()
                    : Optional.of("is longer than %d bytes".formatted(longest));
        });
    }

    private static Optional<String> decode(byte[] value) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
