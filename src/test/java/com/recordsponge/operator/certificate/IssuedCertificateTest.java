package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the operator interprets the status of cert-manager's Certificate. */
class IssuedCertificateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final EnvironmentFixture environment = environment().withTls();
    private final Map<String, Object> status = new HashMap<>();

    private IssuedCertificateTest condition(String type, String value, Integer observedGeneration, String message) {
        @SuppressWarnings("unchecked")
        var conditions = (List<Map<String, Object>>) status.computeIfAbsent("conditions", _ -> new ArrayList<>());
        var condition = new HashMap<String, Object>(Map.of("type", type, "status", value, "message", message));
        condition.put("observedGeneration", observedGeneration);
        conditions.add(condition);
        return this;
    }

    private IssuedCertificateTest valid(String notAfter) {
        status.put("notAfter", notAfter);
        status.put("renewalTime", "2026-02-01T00:00:00Z");
        return this;
    }

    /** The Certificate, at generation 2, with the status set so far. */
    private Certificate certificate() {
        var certificate = Certificates.certificates(environment.plan()).getFirst();
        certificate.getMetadata().setGeneration(2L);
        if (!status.isEmpty()) {
            certificate.setAdditionalProperty("status", status);
        }
        return certificate;
    }

    private Finding finding() {
        return environment.finding(CERTIFICATE, NOW, environment.plan(), certificate());
    }

    private static void assertIssuing(Finding finding, String message) {
        assertThat(finding).isEqualTo(Finding.working(CERTIFICATE, Reason.ISSUING, message));
    }

    @Test
    void anIssuedCertificateIsReady() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        assertThat(finding())
                .isEqualTo(Finding.ready(CERTIFICATE, Reason.ISSUED, "Secret staging-tls holds a valid certificate."));
    }

    @Test
    void aMissingCertificateIsIssuing() {
        assertIssuing(environment.finding(CERTIFICATE), "The Certificate does not exist yet.");
    }

    @Test
    void aCertificateWithoutStatusIsIssuing() {
        assertThat(finding().reason()).isEqualTo(Reason.ISSUING);
    }

    @Test
    void theOperatorQuotesTheIssuingCondition() {
        condition("Ready", "False", 2, "Secret does not exist").condition("Issuing", "True", 2, "Waiting on order");
        assertIssuing(finding(), "cert-manager: Waiting on order");
    }

    @Test
    void theOperatorQuotesReadyWithoutIssuing() {
        condition("Ready", "False", 2, "Secret does not exist");
        assertIssuing(finding(), "cert-manager: Secret does not exist");
    }

    /** The certificate may lack the DNS names of the current spec. */
    @Test
    void aReadyConditionOfAnOlderGenerationIsIgnored() {
        condition("Ready", "True", 1, "up to date").valid("2026-03-01T00:00:00Z");
        assertThat(finding().isReady()).isFalse();
        assertThat(finding().reason()).isEqualTo(Reason.ISSUING);
    }

    @Test
    void aReadyConditionWithoutGenerationIsIgnored() {
        condition("Ready", "True", null, "up to date");
        assertThat(finding().isReady()).isFalse();
    }

    @Test
    void aCertificateStaysReadyDuringRenewal() {
        condition("Issuing", "True", 2, "Renewing")
                .condition("Ready", "True", 2, "up to date")
                .valid("2026-03-01T00:00:00Z");
        assertThat(finding().isReady()).isTrue();
    }

    @Test
    void anExpiredCertificateIsReportedDespiteReady() {
        condition("Ready", "True", 2, "up to date").valid("2025-12-31T23:59:59Z");
        assertThat(finding().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(finding().kind()).isEqualTo(Kind.FAILING);
        assertThat(finding().message()).contains("2025-12-31T23:59:59Z").contains("describe certificate staging");
    }

    @Test
    void theOperatorNamesAMissingIssuer() {
        environment.withoutIssuer();
        assertThat(finding())
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.ISSUER_NOT_FOUND,
                        "ClusterIssuer letsencrypt does not exist; create it or correct tls.issuerRef."));
    }

    @Test
    void aValidCertificateNeedsNoIssuer() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        environment.withoutIssuer();
        assertThat(finding().isReady()).isTrue();
    }

    @Test
    void theOperatorReportsAMissingCertManager() {
        environment.in(new Capabilities(false, false, "nginx"));
        assertThat(environment.finding(CERTIFICATE).reason()).isEqualTo(Reason.CERT_MANAGER_NOT_INSTALLED);
    }

    @Test
    void theStatusHasExpiryAndRenewalTime() {
        assertThat(environment.statusOf(CERTIFICATE).certificate()).isNull();
        assertThat(environment.statusOf(CERTIFICATE, certificate()).certificate())
                .isNull();
        valid("2026-03-01T00:00:00Z");
        assertThat(environment.statusOf(CERTIFICATE, certificate()).certificate())
                .isEqualTo(new EnvironmentStatus.Certificate("2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"));
    }
}
