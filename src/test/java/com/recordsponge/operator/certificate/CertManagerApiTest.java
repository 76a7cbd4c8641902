package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Installs cert-manager's CRDs on the API server that all tests share, before any other test class does. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
@TestMethodOrder(OrderAnnotation.class)
class CertManagerApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      tls: {issuerRef: {name: letsencrypt}}
      """;

    /** The version of the Certificate for that spec. */
    private static final String LETS_ENCRYPT = "ClusterIssuer.cert-manager.io/letsencrypt staging.example.org";

    private static final String READY =
            "{conditions: [{type: Ready, status: 'True', reason: ACMEAccountRegistered, message: registered}]}";

    private final CertManagerObjects certManager = new CertManagerObjects(SERVER.client());

    @Test
    @Order(1)
    void theOperatorUsesCertManagerOnceItIsInstalled() throws IOException {
        apply("site", SPEC);
        var missing = awaitCondition("site", "CertificateReady", "False", "CertManagerNotInstalled");
        assertThat(missing.getMessage()).contains("install it");
        eventually(() -> assertThat(child(Deployment.class, "site").get()).isNotNull());

        SERVER.installCertManagerCrds();
        awaitCondition("site", "CertificateReady", "False", "IssuerNotFound");
        issue(awaitCertificate());
        awaitCondition("site", "CertificateReady", "True", "Issued");
        assertThat(environment("site").getStatus().certificate().notAfter()).isEqualTo("2099-01-01T00:00:00Z");

        var issued = awaitCertificate();
        client().resource(issued).delete();
        eventually(() -> assertThat(certificates())
                .as("the operator recreates a deleted Certificate")
                .singleElement()
                .satisfies(again -> assertThat(again.getMetadata().getUid())
                        .isNotEqualTo(issued.getMetadata().getUid())));
    }

    @Test
    @Order(2)
    void aFailedChallengeIsReported() throws IOException {
        var certificate = requested();
        var request = certManager.request(certificate, 1, """
            {conditions: [{type: Ready, status: 'False', reason: Failed, message: 'Failed to wait for order resource "site-1-4058671432" to become ready: order is in "invalid" state: '}]}
            """);
        var order = certManager.order(request, "{state: invalid, url: 'https://acme.test/order/1'}");
        certManager.challenge(order, "www.example.org", "{state: pending, processing: true}");
        certManager.challenge(order, "staging.example.org", """
            state: invalid
            reason: "Error accepting authorization: acme: authorization error for staging.example.org: 400 urn:ietf:params:acme:error:dns: DNS problem: NXDOMAIN looking up A for staging.example.org"
            """);
        issuing("'False'", "Failed", "The certificate request has failed to complete and will be retried");

        var failed = awaitCondition("site", "CertificateReady", "False", "ChallengeFailed");
        assertThat(failed.getMessage())
                .startsWith("Challenge %s-1-4058671432-"
                        .formatted(certificate.getMetadata().getName()))
                .contains(
                        " for staging.example.org: the name does not resolve; create an A or AAAA record",
                        "NXDOMAIN looking up A for staging.example.org");
    }

    @Test
    @Order(3)
    void aRefusedOrderIsReported() throws IOException {
        var certificate = requested();
        certManager.order(certManager.request(certificate, 1, "{}"), "{state: valid}");
        certManager.order(certManager.request(certificate, 2, "{}"), """
            state: errored
            reason: "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates already issued"
            """);
        issuing("'False'", "Failed", "The certificate request has failed to complete and will be retried");
        assertThat(awaitCondition("site", "CertificateReady", "False", "OrderFailed")
                        .getMessage())
                .startsWith("Order %s-2-4058671432: the authority's limit is reached; wait until"
                        .formatted(certificate.getMetadata().getName()));
    }

    @Test
    @Order(4)
    void aPendingChallengeIsExplained() throws IOException {
        var certificate = requested();
        var order = certManager.order(certManager.request(certificate, 1, "{}"), "{state: pending}");
        certManager.challenge(order, "staging.example.org", """
            {state: pending, processing: true, presented: true, reason: "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'"}
            """);
        issuing("'True'", "DoesNotExist", "Issuing certificate as Secret does not exist");
        eventually(() -> assertThat(condition("site", "CertificateReady"))
                .hasValueSatisfying(condition ->
                        assertThat(condition.getMessage()).contains("another server answers at the name's address")));
        awaitCondition("site", "CertificateReady", "False", "Issuing");
    }

    @Test
    @Order(5)
    void anIssuerThatIsNotReadyIsReported() throws IOException {
        SERVER.installCertManagerCrds();
        var issuer = certManager.issuer(namespace, "letsencrypt", """
            {conditions: [{type: Ready, status: 'False', reason: ErrRegisterACMEAccount, message: "Failed to register ACME account: 400 urn:ietf:params:acme:error:invalidContact: contact email has forbidden domain"}]}
            """);
        apply("site", SPEC.replace("name: letsencrypt", "name: letsencrypt, kind: Issuer"));
        awaitCertificate();
        issuing("'True'", "DoesNotExist", "Issuing certificate as Secret does not exist");
        assertThat(awaitCondition("site", "CertificateReady", "False", "IssuerNotReady")
                        .getMessage())
                .startsWith("Issuer letsencrypt is not ready: the ACME server does not accept the e-mail address; ");
        certManager.status(issuer, READY);
        awaitCondition("site", "CertificateReady", "False", "Issuing");
    }

    @Test
    @Order(6)
    void aSecretOfTheUserIsNeverOverwritten() throws IOException {
        SERVER.installCertManagerCrds();
        secret(UniqueName.of(namespace, "site", "-tls", LETS_ENCRYPT), Map.of("tls.crt", "mine"));
        apply("site", SPEC);
        assertThat(awaitCondition("site", "CertificateReady", "False", "ConflictingObject")
                        .getMessage())
                .contains("exists and cert-manager did not create it for this environment");
        assertThat(certificates()).isEmpty();

        client().secrets().inNamespace(namespace).delete();
        awaitCertificate();
    }

    /** As when an environment is created again whose Secret was kept. */
    @Test
    @Order(7)
    void aRetainedSecretIsReused() throws IOException {
        SERVER.installCertManagerCrds();
        var name = UniqueName.of(namespace, "site", "-tls", LETS_ENCRYPT);
        secret(name, Map.of("tls.crt", "issued", "tls.key", "issued"));
        edit(child(Secret.class, name).get(), secret -> secret.edit()
                .editMetadata()
                .addToAnnotations("cert-manager.io/certificate-name", name)
                .endMetadata()
                .build());
        apply("site", SPEC);
        awaitCertificate();
    }

    @Test
    @Order(8)
    void theFormerCertificateIsRenewedUntilTheNewOneServes() throws IOException {
        SERVER.installCertManagerCrds();
        apply("site", SPEC);
        var first = awaitCertificate();
        issue(first);
        awaitCondition("site", "CertificateReady", "True", "Issued");
        var former = awaitCertificate();

        certManager.issuer(namespace, "another", READY);
        apply("site", SPEC.replace("name: letsencrypt", "name: another, kind: Issuer"));
        awaitCondition("site", "CertificateReady", "False", "Issuing");
        assertThat(certificates())
                .hasSize(2)
                .filteredOn(former::equals)
                .as("the former Certificate is as it was")
                .hasSize(1);

        certificates().stream()
                .filter(certificate -> !certificate.equals(former))
                .forEach(this::issue);
        awaitCondition("site", "CertificateReady", "True", "Issued");
        eventually(() -> assertThat(certificates()).hasSize(1).doesNotContain(former));
        assertThat(child(Secret.class, former.getMetadata().getName()).get())
                .as("the Secret stays, for a way back without another issuance")
                .isNotNull();
    }

    /** The Certificate of an environment with a ready issuer. */
    private HasMetadata requested() throws IOException {
        SERVER.installCertManagerCrds();
        certManager.issuer(namespace, "letsencrypt", READY);
        apply("site", SPEC.replace("name: letsencrypt", "name: letsencrypt, kind: Issuer"));
        return awaitCertificate();
    }

    /** Writes what cert-manager writes when it begins or ends an attempt. */
    private void issuing(String status, String reason, String message) {
        editStatus(awaitCertificate(), certificate -> {
            certificate.setAdditionalProperty(
                    "status",
                    Map.of(
                            "conditions",
                            List.of(Serialization.unmarshal(
                                    "type: Issuing\nstatus: %s\nreason: %s\nmessage: %s"
                                            .formatted(status, reason, message),
                                    Map.class))));
            return certificate;
        });
    }

    /** Does what cert-manager does when it has issued a certificate. */
    private void issue(Certificate certificate) {
        client().resource(ControllerWrites.issuedSecret(certificate)).serverSideApply();
        editStatus(certificate, ControllerWrites::issued);
    }

    private List<Certificate> certificates() {
        return client().resources(Certificate.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private Certificate awaitCertificate() {
        eventually(() -> assertThat(certificates()).hasSize(1));
        return certificates().getFirst();
    }
}
