package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        secret.ifPresent(files -> environment.files("provided", files));
        return environment.at(now).finding(CERTIFICATE);
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

    /** Traefik would serve this key for the other site. */
    @Test
    void aHostOfAnotherEnvironmentIsRefused() {
        var secret = ALL.secret("self-signed");
        assertThat(finding(site().elsewhere("www.recordsponge.test", "shop/prod"), secret))
                .isEqualTo(
                        Finding.failing(
                                CERTIFICATE,
                                Reason.HOST_CONFLICT,
                                "The certificate in Secret provided is also for www.recordsponge.test, which environment shop/prod uses: the ingress controller would serve it there, too. Provide one without that name, in subjectAltName and common name."));
        assertThat(finding(site().elsewhere("self-signed", "shop/prod"), secret).reason())
                .as("common name")
                .isEqualTo(Reason.HOST_CONFLICT);
    }

    /** So it would, once an environment requests the host there. */
    @Test
    void aHostOfOtherNamespacesIsRefused() {
        assertThat(finding(site().reserved("www.recordsponge.test", "prod"), ALL.secret("self-signed")))
                .isEqualTo(
                        Finding.failing(
                                CERTIFICATE,
                                Reason.HOST_CONFLICT,
                                "The certificate in Secret provided is also for www.recordsponge.test, which only environments of namespace prod can have, by the operator's chart value hosts: the ingress controller would serve it there, too. Provide one without that name, in subjectAltName and common name."));
    }

    /** Copied into several namespaces, a certificate is the same whichever Traefik takes. */
    @ParameterizedTest
    @CsvSource({"self-signed, true", "public, false"})
    void aHostThatIsServedWithTheSameCertificateIsNoConflict(String served, boolean same) {
        var other = environment().with("host", "www.recordsponge.test").plan();
        var copy = CertificateObjects.secret(other, "copy", ALL.secret(served));
        var route = CertificateVersionsTest.ingress(other, "copy", "www.recordsponge.test");
        assertThat(finding(
                                site().elsewhere("www.recordsponge.test", "shop/prod", copy, route),
                                ALL.secret("self-signed"))
                        .reason())
                .isEqualTo(same ? Reason.PROVIDED : Reason.HOST_CONFLICT);
    }

    /** Traefik prefers an exact name, so a wildcard does not displace the certificate of another site. */
    @Test
    void aWildcardForAHostOfAnotherEnvironmentIsAccepted() {
        assertThat(finding(
                                site().with("host", "dev.recordsponge.test")
                                        .elsewhere("www.recordsponge.test", "shop/prod")
                                        .elsewhere("*.recordsponge.test", "shop/prod"),
                                ALL.secret("wildcard"))
                        .isReady())
                .isTrue();
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
        var content = CertificateContents.of(ALL.secret("short-lived-issuer", "short-intermediate"));
        assertThat(content.nextChange(NOW)).contains(end("short-intermediate.crt"));
        assertThat(content.nextChange(NOW.plus(Duration.ofDays(9)))).contains(end("short-lived-issuer.crt"));
        assertThat(content.nextChange(NOW.minus(Duration.ofDays(2))))
                .hasValueSatisfying(time -> assertThat(time).isBefore(NOW));
        assertThat(CertificateContents.of(Map.of()).nextChange(NOW)).isEmpty();
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
        assertThat(site().files("provided", ALL.secret("self-signed"))
                        .statusOf(CERTIFICATE)
                        .certificate())
                .isEqualTo(
                        new EnvironmentStatus.Certificate(end("self-signed.crt").toString(), null));
        assertThat(site().statusOf(CERTIFICATE).certificate()).isNull();
        assertThat(site().secret("provided", Map.of("tls.crt", "no", "tls.key", "no"))
                        .statusOf(CERTIFICATE)
                        .certificate())
                .isNull();
    }
}
