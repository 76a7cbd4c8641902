package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a provided certificate matches the site, is valid and complete. */
class ProvidedCertificateTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));

    private static EnvironmentFixture site() {
        return environment().with("tls", "{secretName: provided}");
    }

    private static Finding finding(EnvironmentFixture environment, Map<String, byte[]> secret) {
        return finding(environment, Optional.of(secret), NOW);
    }

    private static Finding finding(EnvironmentFixture environment, Optional<Map<String, byte[]>> secret, Instant now) {
        return ProvidedCertificate.finding(plan(environment, secret), now);
    }

    private static CertificatePlan plan(EnvironmentFixture environment, Optional<Map<String, byte[]>> secret) {
        var plan = environment.plan().get(CertificatePlan.class);
        return new CertificatePlan(plan.secretName(), plan.names(), Optional.empty(), secret, false);
    }

    private static Instant end(String file) {
        return CertificateChain.of(PemBlock.all(ALL.file(file)))
                .orElseThrow()
                .leaf()
                .getNotAfter()
                .toInstant();
    }

    @Test
    void aValidCertificateIsReady() {
        assertThat(finding(site(), ALL.secret("self-signed")))
                .isEqualTo(Finding.ready(CERTIFICATE, Reason.PROVIDED, "Secret provided holds a valid certificate."));
        assertThat(finding(site(), ALL.secret("public", "intermediate")))
                .isEqualTo(Finding.ready(CERTIFICATE, Reason.PROVIDED, "Secret provided holds a valid certificate."));
        assertThat(finding(site(), ALL.secret("public", "root", "intermediate")).isReady())
                .as("clients sort the issuers")
                .isTrue();
    }

    @Test
    void aMissingIntermediateIsReported() {
        assertThat(finding(site(), ALL.secret("public")))
                .isEqualTo(
                        Finding.failing(
                                CERTIFICATE,
                                Reason.CHAIN_INCOMPLETE,
                                "tls.crt of Secret provided lacks the certificate of its issuer CN=intermediate, without which many clients refuse the site; append it to tls.crt."));
        assertThat(finding(site(), ALL.secret("public", "root")).reason())
                .as("an issuer of another certificate")
                .isEqualTo(Reason.CHAIN_INCOMPLETE);
    }

    /** It names no place to fetch its issuer from, so that can be the root that the clients have. */
    @Test
    void aCertificateOfAPrivateRootIsReady() {
        assertThat(finding(site(), ALL.secret("private")))
                .isEqualTo(
                        Finding.ready(
                                CERTIFICATE,
                                Reason.PROVIDED,
                                "Secret provided holds a valid certificate. Only clients that trust its issuer CN=root accept it; for others append the issuer's certificate to tls.crt."));
    }

    @Test
    void aCertificateMustCoverEveryAlias() {
        var secret = ALL.secret("self-signed");
        assertThat(finding(site().with("aliases", "[www.recordsponge.test]"), secret)
                        .isReady())
                .isTrue();
        assertThat(finding(site().with("aliases", "[www.recordsponge.test, a.test, b.test]"), secret))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.NAMES_NOT_COVERED,
                        "The certificate in Secret provided does not cover a.test, b.test; provide one that does."));
    }

    @Test
    void aCertificateMustCoverTheHost() {
        assertThat(finding(site().with("host", "other.test"), ALL.secret("self-signed"))
                        .reason())
                .isEqualTo(Reason.NAMES_NOT_COVERED);
    }

    @Test
    void aWildcardMatchesExactlyOneLabel() {
        var wildcard = ALL.secret("wildcard");
        assertThat(finding(site().with("host", "dev.recordsponge.test"), wildcard)
                        .isReady())
                .isTrue();
        for (var host : List.of("recordsponge.test", "a.dev.recordsponge.test", "test")) {
            assertThat(finding(site().with("host", host), wildcard).reason())
                    .as(host)
                    .isEqualTo(Reason.NAMES_NOT_COVERED);
        }
    }

    @Test
    void anExpiredCertificateIsReported() {
        var end = end("self-signed.crt");
        assertThat(finding(site(), Optional.of(ALL.secret("self-signed")), end.plusSeconds(1)))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.EXPIRED,
                        "The certificate in Secret provided expired at %s; replace it.".formatted(end)));
    }

    @Test
    void anExpiredIssuerIsReported() {
        var end = end("short-intermediate.crt");
        var secret = Optional.of(ALL.secret("short-lived-issuer", "short-intermediate"));
        assertThat(finding(site(), secret, NOW).isReady()).isTrue();
        assertThat(finding(site(), secret, end.plusSeconds(1)).message())
                .isEqualTo(
                        "The certificate of the issuer CN=short-intermediate in Secret provided expired at %s; replace it."
                                .formatted(end));
    }

    @Test
    void aCertificateThatIsNotValidYetIsReported() {
        var early = NOW.minus(Duration.ofDays(2));
        assertThat(finding(site(), Optional.of(ALL.secret("self-signed")), early)
                        .reason())
                .isEqualTo(Reason.CERTIFICATE_INVALID);
    }

    @Test
    void theNextExpiryOfTheChainIsKnown() {
        var secret = Optional.of(ALL.secret("short-lived-issuer", "short-intermediate"));
        var plan = plan(site(), secret);
        assertThat(ProvidedCertificate.nextChange(plan, NOW)).contains(end("short-intermediate.crt"));
        assertThat(ProvidedCertificate.nextChange(plan, NOW.plus(Duration.ofDays(9))))
                .contains(end("short-lived-issuer.crt"));
        assertThat(ProvidedCertificate.nextChange(plan, NOW.minus(Duration.ofDays(2))))
                .hasValueSatisfying(time -> assertThat(time).isBefore(NOW));
        assertThat(ProvidedCertificate.nextChange(plan(site(), Optional.empty()), NOW))
                .isEmpty();
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
            var data = new HashMap<>(ALL.secret("self-signed"));
            data.remove(missing);
            assertThat(finding(site(), data))
                    .isEqualTo(Finding.failing(
                            CERTIFICATE,
                            Reason.SECRET_INCOMPLETE,
                            "Secret provided has no key %s; add it.".formatted(missing)));
        }
    }

    @Test
    void theStatusHasTheExpiryTime() {
        assertThat(ProvidedCertificate.status(plan(site(), Optional.of(ALL.secret("self-signed")))))
                .contains(
                        new EnvironmentStatus.Certificate(end("self-signed.crt").toString(), null));
        assertThat(ProvidedCertificate.status(plan(site(), Optional.empty()))).isEmpty();
        assertThat(ProvidedCertificate.status(plan(site(), Optional.of(Map.of("tls.crt", "no".getBytes(UTF_8))))))
                .isEmpty();
    }
}
