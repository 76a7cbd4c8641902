package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Installs cert-manager's CRDs on the API server that all tests share. */
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

    @Test
    @Order(1)
    void theOperatorUsesCertManagerOnceItIsInstalled() throws IOException {
        apply("site", SPEC);
        var missing = awaitCondition("site", "CertificateReady", "False", "CertManagerNotInstalled");
        assertThat(missing.getMessage()).contains("install it");
        assertThat(child(Deployment.class, "site").get()).isNotNull();
        assertThat(child(Ingress.class, "site").get()).isNotNull();

        install();
        awaitCondition("site", "CertificateReady", "False", "IssuerNotFound");
        eventually(() -> assertThat(child(Certificate.class, "site").get()).isNotNull());

        issueCertificate();
        awaitCondition("site", "CertificateReady", "True", "Issued");
        assertThat(environment("site").getStatus().certificate().notAfter()).isEqualTo("2099-01-01T00:00:00Z");

        child(Certificate.class, "site").delete();
        eventually(() -> assertThat(child(Certificate.class, "site").get())
                .as("the operator recreates a deleted Certificate")
                .isNotNull());
    }

    @Test
    @Order(6)
    void aSecretOfTheUserIsNeverOverwritten() throws IOException {
        install();
        secret("site-tls", Map.of("tls.crt", "mine", "tls.key", "mine"));
        apply("site", SPEC);
        assertThat(awaitCondition("site", "CertificateReady", "False", "ConflictingObject")
                        .getMessage())
                .startsWith("Secret site-tls exists and cert-manager did not create it for this environment");
        assertThat(child(Certificate.class, "site").get()).isNull();

        child(Secret.class, "site-tls").delete();
        eventually(() -> assertThat(child(Certificate.class, "site").get()).isNotNull());
    }

    /** As when an environment is created again whose Secret was kept. */
    @Test
    @Order(7)
    void aRetainedSecretIsReused() throws IOException {
        install();
        secret("site-tls", Map.of("tls.crt", "issued", "tls.key", "issued"));
        child(Secret.class, "site-tls").edit(secret -> secret.edit()
                .editMetadata()
                .addToAnnotations("cert-manager.io/certificate-name", "site")
                .endMetadata()
                .build());
        apply("site", SPEC);
        eventually(() -> assertThat(child(Certificate.class, "site").get()).isNotNull());
    }

    private static void install() throws IOException {
        SERVER.install(ClusterParts.certManager().resolve("cert-manager-crds.yaml"));
        SERVER.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    }

    /** Reports the Certificate as issued, as cert-manager would. */
    private void issueCertificate() {
        child(Certificate.class, "site").editStatus(ControllerWrites::issued);
    }
}
