package com.recordsponge.operator.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of a Secret are valid as environment variables and as credentials. */
class SecretTextTest {

    private static final int MAX_BYTES = 10;

    @ParameterizedTest
    @ValueSource(strings = {"pa55word", "päß 'w\"ö$`", "/?&=%+@:#", "x"})
    void printableTextIsValid(String text) {
        assertThat(SecretText.flaw(text.getBytes(UTF_8))).isEmpty();
        assertThat(SecretText.flawOfLogin(text.getBytes(UTF_8), 20)).isEmpty();
    }

    @Test
    void textMustBeUtf8() {
        assertThat(SecretText.flaw("pässword".getBytes(ISO_8859_1))).contains("is not text in UTF-8");
        assertThat(SecretText.flawOfLogin(new byte[] {(byte) 0xFF}, MAX_BYTES)).contains("is not text in UTF-8");
    }

    @Test
    void textCannotContainNul() {
        assertThat(SecretText.flaw("a\0b".getBytes(UTF_8))).contains("contains a NUL character");
    }

    /** For example the line break that {@code echo} adds. */
    @ParameterizedTest
    @ValueSource(strings = {"word\n", "word\r\n", "wo\trd", "word\u007f"})
    void aLoginCannotContainControlCharacters(String text) {
        assertThat(SecretText.flaw(text.getBytes(UTF_8))).isEmpty();
        assertThat(SecretText.flawOfLogin(text.getBytes(UTF_8), MAX_BYTES))
                .contains("contains a line break or another control character");
    }

    @Test
    void aLoginHasALimitInBytes() {
        assertThat(SecretText.flawOfLogin("ä".repeat(5).getBytes(UTF_8), MAX_BYTES))
                .isEmpty();
        assertThat(SecretText.flawOfLogin("ä".repeat(6).getBytes(UTF_8), MAX_BYTES))
                .contains("is longer than 10 bytes");
    }
}
