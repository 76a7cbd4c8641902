package com.recordsponge.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.TestCertificate;
import io.fabric8.kubernetes.api.model.Secret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The copy of a provided certificate follows the original only to another good one. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class CertificateCopyApiTest extends ApiTest {

    private static final String HOST = "provided.example.org";
    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: %s
      tls: {secretName: %s}
      """;

    @Test
    void aGoodOriginalReplacesTheCopyAndABadOneDoesNot() {
        secret("provided", TestCertificate.of(HOST));
        apply("site", SPEC.formatted(HOST, "provided"));
        awaitCondition("site", "CertificateReady", "True", "Provided");
        assertThat(copies()).singleElement().satisfies(copy -> assertHolds(copy, TestCertificate.of(HOST)));

        secret("provided", Map.of("tls.crt", "rubbish", "tls.key", "rubbish"));
        awaitCondition("site", "CertificateReady", "False", "CertificateInvalid");
        child(Secret.class, "provided").delete();
        awaitCondition("site", "CertificateReady", "False", "SecretNotFound");
        assertThat(copies()).singleElement().satisfies(copy -> assertHolds(copy, TestCertificate.of(HOST)));
        assertThat(condition("site", "Ready").orElseThrow().getReason())
                .as("the site serves")
                .isNotEqualTo("SecretNotFound");

        var renewed = TestCertificate.another("renewed", HOST);
        secret("provided", renewed);
        awaitCondition("site", "CertificateReady", "True", "Provided");
        assertThat(copies()).singleElement().satisfies(copy -> assertHolds(copy, renewed));
    }

    @Test
    void anotherSecretIsAnotherCopy() {
        secret("one", TestCertificate.of(HOST));
        secret("two", TestCertificate.another("two", HOST));
        apply("site", SPEC.formatted(HOST, "one"));
        awaitCondition("site", "CertificateReady", "True", "Provided");
        apply("site", SPEC.formatted(HOST, "typo"));
        awaitCondition("site", "CertificateReady", "False", "SecretNotFound");
        assertThat(copies()).as("the former serves").hasSize(1);
        apply("site", SPEC.formatted(HOST, "two"));
        awaitCondition("site", "CertificateReady", "True", "Provided");
        eventually(() -> assertThat(copies())
                .singleElement()
                .satisfies(copy -> assertHolds(copy, TestCertificate.another("two", HOST))));
    }

    @Test
    void aHostOfAnotherEnvironmentIsRefused() {
        apply("other", SPEC.formatted("other.example.org", "other"));
        awaitCondition("other", "CertificateReady", "False", "SecretNotFound");
        secret("provided", TestCertificate.of(HOST, "other.example.org"));
        apply("site", SPEC.formatted(HOST, "provided"));
        assertThat(awaitCondition("site", "CertificateReady", "False", "HostConflict")
                        .getMessage())
                .contains("other.example.org, which environment %s/other uses".formatted(namespace));
        assertThat(copies()).isEmpty();
    }

    private List<Secret> copies() {
        return client()
                .secrets()
                .inNamespace(namespace)
                .withLabel("recordsponge.com/environment", "site")
                .list()
                .getItems()
                .stream()
                .filter(secret -> secret.getType().equals("kubernetes.io/tls"))
                .toList();
    }

    private static void assertHolds(Secret copy, Map<String, String> files) {
        files.forEach((file, content) -> assertThat(
                        new String(Base64.getDecoder().decode(copy.getData().get(file))))
                .isEqualTo(content));
    }
}
