package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.ClusterParts;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Installs cert-manager's CRDs on the API server that all tests share. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class CertManagerApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      tls: {issuerRef: {name: letsencrypt}}
      """;

    @Test
    void theOperatorUsesCertManagerOnceItIsInstalled() throws IOException {
        apply("site", SPEC);
        var missing = awaitCondition("site", "CertificateReady", "False", "CertManagerNotInstalled");
        assertThat(missing.getMessage()).contains("install it");
        assertThat(child(Deployment.class, "site").get()).isNotNull();
        assertThat(child(Ingress.class, "site").get()).isNotNull();

        SERVER.install(ClusterParts.certManager().resolve("cert-manager-crds.yaml"));
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

    /** Reports the Certificate as issued, as cert-manager would. */
    private void issueCertificate() {
        child(Certificate.class, "site").editStatus(ControllerWrites::issued);
    }
}
