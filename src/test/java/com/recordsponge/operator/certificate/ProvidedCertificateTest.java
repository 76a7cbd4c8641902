package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the operator checks certificates that owners provide. A README beside the PEM files describes them. */
class ProvidedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);

    private static EnvironmentFixture site() {
        return environment().with("tls", "{secretName: provided}");
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

    private static Finding finding(EnvironmentFixture environment, String file) {
        return finding(environment, secret(file), NOW);
    }

    private static Finding finding(EnvironmentFixture environment, Optional<Map<String, byte[]>> secret, Instant now) {
        var plan = environment.plan().get(CertificatePlan.class);
        return ProvidedCertificate.finding(
                new CertificatePlan(plan.secretName(), plan.names(), Optional.empty(), secret), now);
    }

    @Test
    void aValidCertificateIsReady() {
        assertThat(finding(site(), "site.pem"))
                .isEqualTo(Finding.ready(CERTIFICATE, Reason.PROVIDED, "Secret provided holds a valid certificate."));
    }

    @Test
    void aCertificateMustCoverEveryAlias() {
        assertThat(finding(site().with("aliases", "[www.recordsponge.test]"), "site.pem")
                        .isReady())
                .isTrue();
        assertThat(finding(site().with("aliases", "[www.recordsponge.test, a.test, b.test]"), "site.pem"))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.NAMES_NOT_COVERED,
                        "The certificate in Secret provided does not cover a.test, b.test; provide one that does."));
    }

    @Test
    void aCertificateMustCoverTheHost() {
        assertThat(finding(site().with("host", "other.test"), "site.pem").reason())
                .isEqualTo(Reason.NAMES_NOT_COVERED);
    }

    @Test
    void aWildcardMatchesExactlyOneLabel() {
        assertThat(finding(site().with("host", "dev.recordsponge.test"), "wildcard.pem")
                        .isReady())
                .isTrue();
        assertThat(finding(site(), "wildcard.pem").reason()).isEqualTo(Reason.NAMES_NOT_COVERED);
        assertThat(finding(site().with("host", "a.dev.recordsponge.test"), "wildcard.pem")
                        .reason())
                .isEqualTo(Reason.NAMES_NOT_COVERED);
        assertThat(finding(site().with("host", "test"), "wildcard.pem").reason())
                .isEqualTo(Reason.NAMES_NOT_COVERED);
    }

    @Test
    void anExpiredCertificateIsReported() {
        assertThat(finding(site(), "expired.pem"))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.EXPIRED,
                        "The certificate in Secret provided expired at 2025-01-01T00:00:00Z; replace it."));
    }

    @Test
    void aValidCertificateExpiresLater() {
        var later = Instant.parse("2125-01-01T00:00:01Z");
        assertThat(finding(site(), secret("site.pem"), later).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void theOperatorNamesAMissingSecret() {
        var finding = finding(site(), Optional.empty(), NOW);
        assertThat(finding.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(finding.message()).startsWith("Secret provided of tls.secretName does not exist");
    }

    @Test
    void theOperatorNamesAMissingKey() {
        for (var missing : new String[] {"tls.crt", "tls.key"}) {
            var data = new HashMap<>(secret("site.pem").orElseThrow());
            data.remove(missing);
            assertThat(finding(site(), Optional.of(data), NOW))
                    .isEqualTo(Finding.failing(
                            CERTIFICATE,
                            Reason.SECRET_INCOMPLETE,
                            "Secret provided has no key %s; add it.".formatted(missing)));
        }
    }

    @Test
    void aMalformedCertificateIsInvalid() {
        for (var text : new String[] {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
            var data = Map.of("tls.crt", text.getBytes(StandardCharsets.UTF_8), "tls.key", KEY);
            assertThat(finding(site(), Optional.of(data), NOW).reason())
                    .as(text)
                    .isEqualTo(Reason.CERTIFICATE_INVALID);
        }
    }

    @Test
    void theStatusHasTheExpiryTime() {
        assertThat(status(secret("expired.pem")))
                .contains(new EnvironmentStatus.Certificate("2025-01-01T00:00:00Z", null));
        assertThat(status(Optional.empty())).isEmpty();
        assertThat(status(Optional.of(Map.of()))).isEmpty();
    }

    private static Optional<EnvironmentStatus.Certificate> status(Optional<Map<String, byte[]>> secret) {
        return ProvidedCertificate.status(new CertificatePlan("provided", List.of(), Optional.empty(), secret));
    }
}
