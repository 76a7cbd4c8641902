package com.recordsponge.operator.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSearchTest {

    private static final String PASSWORD = "p%\"\\/ &'3fa85f6457174562b3fc2c963f66afa6$+{}?#";

    private final SecretSearch search = new SecretSearch();

    @BeforeEach
    void searchForThePassword() {
        search.add("password", PASSWORD);
    }

    @Test
    void searchFindsAPlainValue() {
        assertThat(search.in("PGPASSWORD=" + PASSWORD + "\n")).containsExactly("password in plain");
    }

    @Test
    void searchFindsAValueInAUrl() {
        assertThat(search.in("postgresql://app:" + URLEncoder.encode(PASSWORD, UTF_8) + "@db"))
                .containsExactly("password in plain");
    }

    @Test
    void searchFindsAValueInJsonAndInNestedJson() throws IOException {
        var json = new ObjectMapper();
        var body = json.writeValueAsString(Map.of("password", PASSWORD));

        assertThat(search.in(body)).containsExactly("password in plain");
        assertThat(search.in(json.writeValueAsString(Map.of("message", body)))).containsExactly("password in plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:", "postgresql://app:"})
    void searchFindsAValueInBase64AtAnyOffset(String before) {
        var text = Base64.getEncoder().encodeToString((before + PASSWORD + "@db").getBytes(UTF_8));

        assertThat(search.in("data: " + text)).containsExactly("password in base64");
    }

    @Test
    void searchFindsOnlyValuesInTheText() {
        search.add("key", "0123456789abcdef0123456789abcdef");

        assertThat(search.in("3fa85f6457174562b3fc2c963f66afa")).isEmpty();
        assertThat(search.in("key: 0123456789abcdef0123456789abcdef")).containsExactly("key in plain");
    }

    @Test
    void redactedTextHoldsNoValue() {
        var text = PASSWORD + " " + Base64.getEncoder().encodeToString(PASSWORD.getBytes(UTF_8));

        assertThat(search.in(text)).containsExactly("password in base64", "password in plain");
        assertThat(search.in(search.redacted(text))).isEmpty();
    }

    @Test
    void searchRefusesAValueThatIsTooShort() {
        assertThatThrownBy(() -> search.add("short one", "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
