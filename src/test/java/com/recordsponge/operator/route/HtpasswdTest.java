package com.recordsponge.operator.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hashes of the password {@code secret}, from {@code openssl passwd} and crypt(3). For each, {@code CheckSecret} of the
 * go-http-auth that Traefik 3.6.12 is built with was run: it accepts those of the first test and none of the others.
 */
class HtpasswdTest {

    private static Optional<String> flaw(String lines) {
        return Htpasswd.of(lines.getBytes(UTF_8)).flaw();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/",
                "$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
                "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "$2a$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS",
                "$2b$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS",
                "$2x$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS",
                "$2y$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS",
                "$2y$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS "
            })
    void acceptsHashesThatTraefikChecks(String hash) {
        assertThat(flaw("name:" + hash)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        $6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG., SHA-512
        $5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM., SHA-256
        $y$j9T$abcdefghijklmnop$3dL1LkYnZM.OVXuVdnnaKVDlLYT92dRwOzDZ5XiVCe., yescrypt
        $2$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrUz6qMnTPyXsVqv.Iu1aPr66aS, unknown
        {SSHA}5en6G6MezRroT3XKqkdPOmY/BfQ=, unknown
        abNANd1rDfiNc, unknown
        $2y$04$.sMArH2K7TNwj2OToEQIu.Vr8oWrU, incomplete
        $apr1$abcdefgh$h9FWgUz3n9YxylKLlR5S, incomplete
        {SHA}5en6G6MezRroT3XKqkdPOmY, incomplete
        secret, plain-text password
        """)
    void refusesWhatTraefikCannotCheck(String value, String kind) {
        assertThat(flaw("first:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nname:" + value))
                .hasValueSatisfying(flaw -> assertThat(flaw)
                        .startsWith("is invalid: line 2 under users has a")
                        .contains(kind)
                        .endsWith("create the line with htpasswd -nB NAME"));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(flaw("somebody:pa55word").orElseThrow()).doesNotContain("pa55word", "somebody");
    }
}
