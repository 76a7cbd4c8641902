package com.recordsponge.operator.plan;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.SecretKeyRef;
import com.recordsponge.operator.api.v1.SslMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an environment gets that its owner left out; the schema fills in none of it here. */
class PlanDefaultsTest {

    @ParameterizedTest
    @CsvSource({"dev, development", "preview, production", "staging, production", "prod, production"})
    void everyTierIsOneOfTheTwoThatTheApplicationKnows(String tier, String application) {
        assertThat(environment().with("tier", tier).plan().applicationTier()).isEqualTo(application);
    }

    @Test
    void theShortestEnvironmentHasNoProblems() {
        assertThat(environment().plan().problems()).isEmpty();
    }

    @Test
    void onePodRunsUnlessMoreAreAskedFor() {
        assertThat(environment().plan().replicas()).isEqualTo(1);
        assertThat(environment().with("replicas", "3").plan().replicas()).isEqualTo(3);
    }

    @Test
    void noPodRunsWhenNoneIsAskedFor() {
        assertThat(environment().with("replicas", "0").plan().replicas()).isZero();
    }

    @Test
    void suspendingWinsOverReplicas() {
        assertThat(environment()
                        .with("replicas", "3")
                        .with("suspend", "true")
                        .plan()
                        .replicas())
                .isZero();
    }

    @Test
    void aRolloutHasFiveMinutesUnlessToldOtherwise() {
        assertThat(environment().plan().progressDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(environment().with("progressDeadline", "90s").plan().progressDeadline())
                .hasSeconds(90);
    }

    @Test
    void aSessionSigningKeyIsGeneratedUnlessOneIsBrought() {
        var generated = environment().plan();
        assertThat(generated.generatesSecretKey()).isTrue();
        assertThat(generated.secretKey()).isEqualTo(new SecretKeyRef("staging-secret-key", "SECRET_KEY"));
        var brought =
                environment().with("secretKeyRef", "{name: app, key: KEY}").plan();
        assertThat(brought.generatesSecretKey()).isFalse();
        assertThat(brought.secretKey()).isEqualTo(new SecretKeyRef("app", "KEY"));
    }

    @Test
    void withoutADatabaseThereIsNone() {
        assertThat(environment().plan().database()).isNull();
    }

    @Test
    void aDatabaseIsOnPostgresqlsPortWithTlsIfTheServerOffersIt() {
        var database = environment().withDatabase().plan().database();
        assertThat(database.port()).isEqualTo(5432);
        assertThat(database.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(database.caCertificate()).isNull();
    }

    @Test
    void theSiteAnswersOverHttpsWhenItHasACertificate() {
        assertThat(environment().plan().url()).isEqualTo("http://recordsponge.test");
        assertThat(environment().withTls().plan().url()).isEqualTo("https://recordsponge.test");
    }

    @Test
    void theCertificateIsInASecretOfOursUnlessOneIsBrought() {
        assertThat(environment().withTls().plan().tlsSecret()).isEqualTo("staging-tls");
        assertThat(environment().with("tls", "{secretName: brought}").plan().tlsSecret())
                .isEqualTo("brought");
    }

    @Test
    void traefikServesTheSiteAndWaitsAsLongAsItLikes() {
        assertThat(environment().plan().ingressClass()).isEqualTo("traefik");
        assertThat(environment().plan().timeout()).isEmpty();
        assertThat(environment().with("ingress.timeout", "5m").plan().ingressClass())
                .isEqualTo("traefik");
        assertThat(environment().with("ingress.timeout", "5m").plan().timeout()).contains(Duration.ofMinutes(5));
    }
}
