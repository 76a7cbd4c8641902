package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How cert-manager's Certificate is read. */
class CertificateFindingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EnvironmentPlan PLAN = environment()
            .with("tls", "{issuerRef: {name: letsencrypt, kind: ClusterIssuer, group: cert-manager.io}}")
            .plan();

    private final Map<String, Object> status = new HashMap<>();

    private CertificateFindingTest condition(String type, String value, Integer observedGeneration, String message) {
        @SuppressWarnings("unchecked")
        var conditions = (List<Map<String, Object>>) status.computeIfAbsent("conditions", _ -> new ArrayList<>());
        var condition = new HashMap<String, Object>(Map.of("type", type, "status", value, "message", message));
        condition.put("observedGeneration", observedGeneration);
        conditions.add(condition);
        return this;
    }

    private CertificateFindingTest valid(String notAfter) {
        status.put("notAfter", notAfter);
        status.put("renewalTime", "2026-02-01T00:00:00Z");
        return this;
    }

    /** The Certificate of generation 2 with the status given so far. */
    private Certificate certificate() {
        var certificate = Certificates.certificates(PLAN).getFirst();
        certificate.getMetadata().setGeneration(2L);
        if (!status.isEmpty()) {
            certificate.setAdditionalProperty("status", status);
        }
        return certificate;
    }

    private Finding finding() {
        return CertificateFinding.of(PLAN, Optional.of(certificate()), false, NOW);
    }

    private static void assertIssuing(Finding finding, String message) {
        assertThat(finding).isEqualTo(Finding.working(CERTIFICATE, "Issuing", message));
    }

    @Test
    void anIssuedCertificateIsReady() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        assertThat(finding())
                .isEqualTo(Finding.ready(CERTIFICATE, "Issued", "Secret staging-tls holds a valid certificate."));
    }

    @Test
    void withoutACertificateItIsIssuing() {
        assertIssuing(CertificateFinding.of(PLAN, Optional.empty(), false, NOW), "The Certificate is not made yet.");
    }

    @Test
    void aCertificateThatCertManagerHasNotSeenIsIssuing() {
        assertThat(finding().reason()).isEqualTo("Issuing");
    }

    @Test
    void whatCertManagerSaysOfIssuingIsPassedOn() {
        condition("Ready", "False", 2, "Secret does not exist").condition("Issuing", "True", 2, "Waiting on order");
        assertIssuing(finding(), "cert-manager: Waiting on order");
    }

    @Test
    void whatCertManagerSaysOfReadinessIsPassedOnWhenItSaysNothingOfIssuing() {
        condition("Ready", "False", 2, "Secret does not exist");
        assertIssuing(finding(), "cert-manager: Secret does not exist");
    }

    /** The certificate is for the names of an older spec. */
    @Test
    void readinessOfAnOlderGenerationIsNotBelieved() {
        condition("Ready", "True", 1, "up to date").valid("2026-03-01T00:00:00Z");
        assertThat(finding().isReady()).isFalse();
        assertThat(finding().reason()).isEqualTo("Issuing");
    }

    @Test
    void readinessOfNoGenerationIsNotBelieved() {
        condition("Ready", "True", null, "up to date");
        assertThat(finding().isReady()).isFalse();
    }

    @Test
    void aCertificateThatIsBeingRenewedIsReady() {
        condition("Issuing", "True", 2, "Renewing")
                .condition("Ready", "True", 2, "up to date")
                .valid("2026-03-01T00:00:00Z");
        assertThat(finding().isReady()).isTrue();
    }

    @Test
    void aCertificateThatHasEndedIsExpiredWhateverCertManagerSays() {
        condition("Ready", "True", 2, "up to date").valid("2025-12-31T23:59:59Z");
        assertThat(finding().reason()).isEqualTo("Expired");
        assertThat(finding().kind()).isEqualTo(Kind.FAILING);
        assertThat(finding().message()).contains("2025-12-31T23:59:59Z").contains("describe certificate staging");
    }

    @Test
    void aMissingIssuerIsNamed() {
        assertThat(CertificateFinding.of(PLAN, Optional.of(certificate()), true, NOW))
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        "IssuerNotFound",
                        "ClusterIssuer letsencrypt does not exist; create it or correct tls.issuerRef."));
    }

    @Test
    void anIssuedCertificateOutlivesItsIssuer() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        assertThat(CertificateFinding.of(PLAN, Optional.of(certificate()), true, NOW)
                        .isReady())
                .isTrue();
    }

    @Test
    void withoutCertManagerThatIsTheReason() {
        var plan = environment()
                .withTls()
                .in(new Capabilities(false, false, "nginx"))
                .plan();
        assertThat(CertificateFinding.of(plan, Optional.empty(), false, NOW).reason())
                .isEqualTo("CertManagerMissing");
    }

    @Test
    void validityIsTold() {
        assertThat(CertificateFinding.status(certificate())).isEmpty();
        assertThat(CertificateFinding.status(null)).isEmpty();
        valid("2026-03-01T00:00:00Z");
        assertThat(CertificateFinding.status(certificate()))
                .contains(new EnvironmentStatus.Certificate("2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"));
    }
}
