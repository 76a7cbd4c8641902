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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void anIssuerThatIsNotReadyIsExplained() {
        environment.issuer(IssuerLookup.State.notReady(
                "Failed to register ACME account: Get \"https://acme/\": dial tcp: lookup acme: no such host"));
        assertThat(finding())
                .isEqualTo(
                        Finding.failing(
                                CERTIFICATE,
                                Reason.ISSUER_NOT_READY,
                                "ClusterIssuer letsencrypt is not ready: cert-manager cannot reach the ACME server; correct spec.acme.server, or open DNS and port 443 for the pods of cert-manager. cert-manager: Failed to register ACME account: Get \"https://acme/\": dial tcp: lookup acme: no such host"));
    }

    @Test
    void anIssuedCertificateOutlivesAnIssuerThatIsNotReady() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        environment.issuer(IssuerLookup.State.notReady("no"));
        assertThat(finding().isReady()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CHALLENGE, ChallengeFailed", "ORDER, OrderFailed", "REQUEST, RequestFailed"})
    void aFailedIssuanceHasTheReasonOfItsObject(IssuanceCause.Source source, String reason) {
        condition("Issuing", "False", 2, "The certificate request has failed to complete and will be retried");
        environment.issuance(new IssuanceLookup.Problem(source, "staging-1", "", "it says why", true));
        assertThat(finding().reason()).hasToString(reason);
        assertThat(finding().kind()).isEqualTo(Kind.FAILING);
        assertThat(finding().message()).startsWith(source + " staging-1: ").endsWith(". cert-manager: it says why");
    }

    @Test
    void aPendingChallengeIsExplained() {
        condition("Issuing", "True", 2, "Issuing certificate as Secret does not exist");
        environment.issuance(new IssuanceLookup.Problem(
                IssuanceCause.Source.CHALLENGE,
                "staging-1-2-3",
                "recordsponge.test",
                "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'",
                false));
        assertIssuing(
                finding(),
                "Challenge staging-1-2-3 for recordsponge.test: another server answers at the name's address; point the A and AAAA records to the ingress controller; stop the server that has port 80 now, such as nginx on the host. cert-manager: Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'");
    }

    @Test
    void aFailedRenewalIsReportedWhileTheCertificateIsValid() {
        condition("Ready", "True", 2, "up to date").valid("2026-03-01T00:00:00Z");
        environment.issuance(new IssuanceLookup.Problem(
                IssuanceCause.Source.ORDER, "staging-2", "", "Failed to create Order", true));
        assertThat(finding().message()).isEqualTo("Secret staging-tls holds a valid certificate.");
        condition("Issuing", "False", 2, "The certificate request has failed to complete and will be retried");
        assertThat(finding().isReady()).isTrue();
        assertThat(finding().message())
                .startsWith(
                        "Secret staging-tls holds a valid certificate. cert-manager cannot renew it. Order staging-2: ");
    }

    /** Ready is True then, since the names in the Secret are right. */
    @Test
    void aKeyOfAnotherTypeIsReported() {
        condition("Ready", "True", 2, "Certificate is up to date and has not expired")
                .valid("2026-03-01T00:00:00Z");
        condition("Issuing", "True", 2, "Existing private key is not up to date for spec: [spec.privateKey.algorithm]");
        lastCondition().put("reason", "SecretMismatch");
        assertThat(finding().reason()).isEqualTo(Reason.KEY_NOT_REPLACED);
        assertThat(finding().message()).contains("Secret staging-tls").contains("delete the Secret");
        status.put("nextPrivateKeySecretName", "staging-x7k2p");
        assertThat(finding().isReady()).as("a later cert-manager replaces it").isTrue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> lastCondition() {
        return ((List<Map<String, Object>>) status.get("conditions")).getLast();
    }

    @Test
    void anUnprocessedCertificateIsExplained() {
        assertIssuing(finding(), "cert-manager has not read Certificate staging yet; check that its controller runs.");
    }

    @Test
    void anUnfinishedIssuanceIsRechecked() {
        assertThat(recheck()).as("not begun").isEmpty();
        condition("Issuing", "True", 2, "Issuing certificate as Secret does not exist");
        assertThat(recheck()).contains(Duration.ofSeconds(10));
        condition("Ready", "True", 2, "up to date");
        assertThat(recheck()).as("issued").isEmpty();
    }

    private Optional<Duration> recheck() {
        return IssuedCertificate.recheck(environment.state(environment.plan(), NOW, certificate()));
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
