package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an Ingress can name the Secret of a certificate. */
class UsableCertificateTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));

    static Stream<EnvironmentFixture> sites() {
        return Stream.of(
                environment().withTls().at(NOW),
                environment().with("tls", "{secretName: provided}").at(NOW));
    }

    private static boolean usable(EnvironmentFixture site) {
        return site.plan().get(CertificatePlan.class).usable();
    }

    private static EnvironmentFixture with(EnvironmentFixture site, Map<String, byte[]> files) {
        return site.finds(List.of(CertificateObjects.secret(site.plan(), files)));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void aValidCertificateWithItsKeyIsUsable(EnvironmentFixture site) {
        assertThat(usable(with(site, ALL.secret("self-signed")))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void nothingIsNotUsable(EnvironmentFixture site) {
        assertThat(usable(site)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.crt", "tls.key"})
    void oneFileIsNotUsable(String file) {
        for (var site : sites().toList()) {
            assertThat(usable(with(site, Map.of(file, ALL.secret("self-signed").get(file)))))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void theKeyOfAnotherCertificateIsNotUsable(EnvironmentFixture site) {
        assertThat(usable(with(site, Map.of("tls.crt", ALL.file("self-signed.crt"), "tls.key", ALL.file("other.key")))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void aCertificateForFewerNamesIsNotUsable(EnvironmentFixture site) {
        site.with("aliases", "[www.recordsponge.test, also.recordsponge.test]");
        assertThat(usable(with(site, ALL.secret("self-signed")))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("sites")
    void aCertificateIsUsableOnlyWhileItIsValid(EnvironmentFixture site) {
        with(site, ALL.secret("short-lived-issuer", "short-intermediate"));
        assertThat(usable(site)).isTrue();
        assertThat(usable(site.at(NOW.minus(Duration.ofDays(2))))).as("before").isFalse();
        assertThat(usable(site.at(NOW.plus(Duration.ofDays(2)))))
                .as("its issuer has expired")
                .isFalse();
    }

    @Test
    void aSiteWithoutTlsHasNoCertificate() {
        assertThat(environment().plan().find(CertificatePlan.class)).isEmpty();
    }
}
