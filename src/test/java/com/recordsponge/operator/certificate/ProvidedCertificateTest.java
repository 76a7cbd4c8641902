package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates that owners bring; the files are described beside them. */
class ProvidedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    private static EnvironmentFixture site() {
        return environment().with("tls", "{secretName: brought}");
    }

    private static Optional<Map<String, byte[]>> secret(String file) {
        return Optional.of(Map.of("tls.crt", pem(file), "tls.key", KEY));
    }

    private static byte[] pem(String file) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/certificates", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Finding judge(EnvironmentFixture environment, String file) {
        return ProvidedCertificate.judge(environment.plan(), secret(file), NOW);
    }

    @Test
    void aValidOneForTheSiteIsReady() {
        assertThat(judge(site(), "site.pem"))
                .isEqualTo(Finding.ready(CERTIFICATE, "Brought", "Secret brought holds a valid certificate."));
    }

    @Test
    void itMustBeForEveryAliasToo() {
        assertThat(judge(site().with("aliases", "[www.recordsponge.test]"), "site.pem")
                        .isReady())
                .isTrue();
        assertThat(judge(site().with("aliases", "[www.recordsponge.test, a.test, b.test]"), "site.pem"))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        "NamesNotCovered",
                        "The certificate in Secret brought is not for a.test, b.test."));
    }

    @Test
    void itMustBeForTheHost() {
        assertThat(judge(site().with("host", "other.test"), "site.pem").reason())
                .isEqualTo("NamesNotCovered");
    }

    @Test
    void aWildcardStandsForExactlyOneLabel() {
        assertThat(judge(site().with("host", "dev.recordsponge.test"), "wildcard.pem")
                        .isReady())
                .isTrue();
        assertThat(judge(site(), "wildcard.pem").reason()).isEqualTo("NamesNotCovered");
        assertThat(judge(site().with("host", "a.dev.recordsponge.test"), "wildcard.pem")
                        .reason())
                .isEqualTo("NamesNotCovered");
        assertThat(judge(site().with("host", "test"), "wildcard.pem").reason()).isEqualTo("NamesNotCovered");
    }

    @Test
    void oneThatHasEndedIsExpired() {
        assertThat(judge(site(), "expired.pem"))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        "Expired",
                        "The certificate in Secret brought ended at 2025-01-01T00:00:00Z; replace it."));
    }

    @Test
    void oneThatIsValidTodayExpiresWithTime() {
        var later = Instant.parse("2125-01-01T00:00:01Z");
        assertThat(ProvidedCertificate.judge(site().plan(), secret("site.pem"), later)
                        .reason())
                .isEqualTo("Expired");
    }

    @Test
    void aMissingSecretIsNamed() {
        var finding = ProvidedCertificate.judge(site().plan(), Optional.empty(), NOW);
        assertThat(finding.reason()).isEqualTo("SecretNotFound");
        assertThat(finding.message()).startsWith("Secret brought of tls.secretName does not exist");
    }

    @Test
    void aMissingKeyIsNamed() {
        for (var missing : new String[] {"tls.crt", "tls.key"}) {
            var data = new HashMap<>(secret("site.pem").orElseThrow());
            data.remove(missing);
            assertThat(ProvidedCertificate.judge(site().plan(), Optional.of(data), NOW))
                    .isEqualTo(Finding.failing(
                            CERTIFICATE,
                            "SecretKeyMissing",
                            "Secret brought has no key %s; add it.".formatted(missing)));
        }
    }

    @Test
    void whatIsNoCertificateIsInvalid() {
        for (var text : new String[] {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
            var data = Map.of("tls.crt", text.getBytes(StandardCharsets.UTF_8), "tls.key", KEY);
            assertThat(ProvidedCertificate.judge(site().plan(), Optional.of(data), NOW)
                            .reason())
                    .as(text)
                    .isEqualTo("CertificateInvalid");
        }
    }

    @Test
    void itsEndIsTold() {
        assertThat(ProvidedCertificate.status(secret("expired.pem")))
                .contains(new EnvironmentStatus.Certificate("2025-01-01T00:00:00Z", null));
        assertThat(ProvidedCertificate.status(Optional.empty())).isEmpty();
        assertThat(ProvidedCertificate.status(Optional.of(Map.of()))).isEmpty();
    }
}
