package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each issuer or provided Secret, with each set of names, has objects of its own; the former ones stay while they serve. */
class CertificateVersionsTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));
    private static final String FORMER = "staging-tls-00000000";

    static Stream<EnvironmentFixture> changes() {
        return Stream.of(
                environment().withTls().with("tls.issuerRef", "{name: other}"),
                environment().withTls().with("tls.issuerRef", "{name: letsencrypt, kind: Issuer}"),
                environment().withTls().with("tls.issuerRef", "{name: letsencrypt, group: example.org}"),
                environment().withTls().with("host", "other.test"),
                environment().withTls().with("aliases", "[other.test]"),
                environment().with("tls", "{secretName: letsencrypt}"),
                environment().with("tls", "{secretName: other}"),
                environment().with("tls", "{secretName: other}").with("host", "other.test"));
    }

    @Test
    void everyChangeIsAnotherSecret() {
        assertThat(Stream.concat(Stream.of(environment().withTls()), changes())
                        .map(site -> CertificateObjects.secretName(site.plan())))
                .doesNotHaveDuplicates()
                .hasSize(9);
    }

    @Test
    void theOrderOfNamesIsNoChange() {
        var site = environment().withTls().with("aliases", "[a.test, b.test]");
        var name = CertificateObjects.secretName(site.plan());
        assertThat(CertificateObjects.secretName(
                        site.with("aliases", "[b.test, a.test]").plan()))
                .isEqualTo(name);
        assertThat(CertificateObjects.secretName(site.with("host", "a.test")
                        .with("aliases", "[recordsponge.test, b.test]")
                        .plan()))
                .as("host and alias swapped")
                .isEqualTo(name);
    }

    /** What exists of the former certificate, and whether the requested one is usable. */
    @ParameterizedTest
    @CsvSource({
        // named by an Ingress, Secret exists, wanted is usable, stays
        "true,  true,  false, true",
        "true,  true,  true,  true",
        "true,  false, false, true",
        "true,  false, true,  true",
        "false, true,  false, true",
        "false, true,  true,  false",
        "false, false, false, false",
        "false, false, true,  false"
    })
    void aFormerCertificateStaysWhileItServes(boolean named, boolean stored, boolean usable, boolean stays) {
        for (var site : changes().toList()) {
            site.at(NOW).with("host", "recordsponge.test").with("aliases", "[]");
            var plan = site.plan();
            if (stored) {
                site.finds(List.of(CertificateObjects.secret(plan, FORMER, ALL.secret("public"))));
            }
            if (usable) {
                site.finds(List.of(CertificateObjects.secret(plan, ALL.secret("self-signed"))));
            }
            if (named) {
                site.finds(List.of(ingress(plan, FORMER)));
            }
            assertThat(CertificateVersions.isInUse(FORMER, site.plan(), site.owned()))
                    .isEqualTo(stays);
        }
    }

    @Test
    void withoutTlsTheCertificateStaysUntilTheRouteHasChanged() {
        var site = environment();
        assertThat(CertificateVersions.isInUse(FORMER, site.plan(), site.owned()))
                .isFalse();
        site.finds(List.of(ingress(site.plan(), FORMER)));
        assertThat(CertificateVersions.isInUse(FORMER, site.plan(), site.owned()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theCertificateOfTheSpecIsNeverInTheWay(EnvironmentFixture site) {
        var plan = site.plan();
        assertThat(CertificateVersions.isInUse(CertificateObjects.secretName(plan), plan, noObjects()))
                .isTrue();
    }

    private static OwnedObjects noObjects() {
        return environment().owned();
    }

    static Ingress ingress(EnvironmentPlan plan, String secret, String... hosts) {
        return new IngressBuilder()
                .withMetadata(plan.metadata("route-of-" + secret))
                .withNewSpec()
                .addNewTl()
                .withHosts(hosts)
                .withSecretName(secret)
                .endTl()
                .endSpec()
                .build();
    }
}
