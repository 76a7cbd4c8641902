package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the operator interprets the status of cert-manager's Certificate. */
class IssuedCertificateTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    private static final String LATER = NOW.plus(Duration.ofDays(90)).toString();

    private final EnvironmentFixture environment = environment().withTls().at(NOW);
    private final String name = CertificateObjects.secretName(environment.plan());
    private Optional<Map<String, byte[]>> files = Optional.of(ALL.secret("self-signed"));
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
        status.put("renewalTime", NOW.plus(Duration.ofDays(60)).toString());
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

    private HasMetadata[] objects() {
        return Stream.concat(
                        Stream.of(certificate()),
                        files.stream().map(content -> CertificateObjects.secret(environment.plan(), content)))
                .toArray(HasMetadata[]::new);
    }

    private Finding finding() {
        return environment.finding(CERTIFICATE, NOW, environment.plan(), objects());
    }

    private static void assertIssuing(Finding finding, String message) {
        assertThat(finding).isEqualTo(Finding.working(CERTIFICATE, Reason.ISSUING, message));
    }

    @Test
    void anIssuedCertificateIsReady() {
        condition("Ready", "True", 2, "up to date").valid(LATER);
        assertThat(finding())
                .isEqualTo(Finding.ready(
                        CERTIFICATE, Reason.ISSUED, "Secret %s holds a valid certificate.".formatted(name)));
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

    @Test
    void theSecretMustHoldTheCertificate() {
        condition("Ready", "True", 2, "up to date").valid(LATER);
        files = Optional.empty();
        assertIssuing(
                finding(),
                "cert-manager reports Certificate %s as ready, but its Secret does not exist yet.".formatted(name));
        files = Optional.of(Map.of("tls.crt", ALL.file("self-signed.crt"), "tls.key", ALL.file("other.key")));
        assertThat(finding().reason()).isEqualTo(Reason.CERTIFICATE_INVALID);
        assertThat(finding().message()).startsWith("Secret %s holds no valid certificate with its key".formatted(name));
    }

    @Test
    void namesThatTheIssuerLeavesOutAreReported() {
        environment.with("aliases", "[other.test]");
        condition("Ready", "True", 2, "up to date").valid(LATER);
        assertThat(finding())
                .isEqualTo(Finding.failing(
                        CERTIFICATE,
                        Reason.NAMES_NOT_COVERED,
                        "The certificate that cert-manager wrote into Secret %s does not cover other.test; check what issuer letsencrypt permits."
                                .formatted(CertificateObjects.secretName(environment.plan()))));
    }

    /** The certificate may lack the DNS names of the current spec. */
    @Test
    void aReadyConditionOfAnOlderGenerationIsIgnored() {
        condition("Ready", "True", 1, "up to date").valid(LATER);
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
                .valid(LATER);
        assertThat(finding().isReady()).isTrue();
    }

    @Test
    void anExpiredCertificateIsReportedDespiteReady() {
        condition("Ready", "True", 2, "up to date").valid(NOW.minusSeconds(1).toString());
        assertThat(finding().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(finding().kind()).isEqualTo(Kind.FAILING);
        assertThat(finding().message())
                .contains(NOW.minusSeconds(1).toString())
                .contains("describe certificate " + name);
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
        condition("Ready", "True", 2, "up to date").valid(LATER);
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
        condition("Ready", "True", 2, "up to date").valid(LATER);
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
        condition("Ready", "True", 2, "up to date").valid(LATER);
        environment.issuance(new IssuanceLookup.Problem(
                IssuanceCause.Source.ORDER, "staging-2", "", "Failed to create Order", true));
        assertThat(finding().message()).isEqualTo("Secret %s holds a valid certificate.".formatted(name));
        condition("Issuing", "False", 2, "The certificate request has failed to complete and will be retried");
        assertThat(finding().isReady()).isTrue();
        assertThat(finding().message())
                .startsWith("Secret %s holds a valid certificate. cert-manager cannot renew it. Order staging-2: "
                        .formatted(name));
    }

    /** Ready is True then, since the names in the Secret are right. */
    @Test
    void aKeyOfAnotherTypeIsReported() {
        condition("Ready", "True", 2, "Certificate is up to date and has not expired")
                .valid(LATER);
        condition("Issuing", "True", 2, "Existing private key is not up to date for spec: [spec.privateKey.algorithm]");
        lastCondition().put("reason", "SecretMismatch");
        assertThat(finding().reason()).isEqualTo(Reason.KEY_NOT_REPLACED);
        assertThat(finding().message()).contains("Secret " + name).contains("delete the Secret");
        status.put("nextPrivateKeySecretName", "staging-x7k2p");
        assertThat(finding().isReady()).as("a later cert-manager replaces it").isTrue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> lastCondition() {
        return ((List<Map<String, Object>>) status.get("conditions")).getLast();
    }

    @Test
    void anUnprocessedCertificateIsExplained() {
        assertIssuing(
                finding(),
                "cert-manager has not read Certificate %s yet; check that its controller runs.".formatted(name));
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
        var plan = environment.plan();
        return IssuedCertificate.recheck(plan.get(CertificatePlan.class), environment.state(plan, NOW, certificate()));
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
        valid(LATER);
        assertThat(environment.statusOf(CERTIFICATE, certificate()).certificate())
                .isEqualTo(new EnvironmentStatus.Certificate(
                        LATER, NOW.plus(Duration.ofDays(60)).toString()));
    }
}
