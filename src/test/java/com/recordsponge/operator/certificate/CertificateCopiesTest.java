package com.recordsponge.operator.certificate;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.certificate.TestCertificates.ALL;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The copy of a provided certificate that the ingress controller serves. */
class CertificateCopiesTest {

    private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));

    private final EnvironmentFixture site =
            environment().with("tls", "{secretName: provided}").at(NOW);

    private List<Secret> copies() {
        return CertificateCopies.secrets(site.plan());
    }

    /** The copy that an earlier reconciliation created. */
    private Secret existingCopy() {
        var copy = CertificateObjects.secret(site.plan(), ALL.secret("self-signed"));
        copy.getMetadata().setAnnotations(Map.of(PodData.SOURCE, "Secret/provided"));
        site.finds(List.of(copy));
        return copy;
    }

    @Test
    void aGoodCertificateIsCopied() {
        var files = new HashMap<>(ALL.secret("self-signed"));
        files.put("ca.crt", ALL.file("root.crt"));
        files.put("notes", "mine".getBytes(UTF_8));
        site.files("provided", files);
        assertThat(copies()).singleElement().satisfies(copy -> {
            assertThat(copy.getMetadata().getName()).isEqualTo(CertificateObjects.secretName(site.plan()));
            assertThat(copy.getType()).isEqualTo("kubernetes.io/tls");
            assertThat(copy.getData())
                    .containsOnlyKeys("ca.crt", "tls.crt", "tls.key")
                    .containsEntry("tls.key", Base64.getEncoder().encodeToString(ALL.file("self-signed.key")));
        });
    }

    static Stream<Map<String, byte[]>> badFiles() {
        return Stream.of(
                Map.of(),
                Map.of("tls.crt", new byte[0], "tls.key", new byte[0]),
                Map.of("tls.crt", ALL.file("self-signed.crt"), "tls.key", ALL.file("other.key")),
                Map.of("tls.crt", "rubbish".getBytes(UTF_8), "tls.key", ALL.file("self-signed.key")),
                ALL.secret("wildcard"),
                ALL.secret("public"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aBadCertificateIsNotCopied(Map<String, byte[]> bad) {
        site.files("provided", bad);
        assertThat(copies()).isEmpty();
        assertThat(site.finding(CERTIFICATE).kind()).isEqualTo(Kind.FAILING);
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void theLastGoodCertificateOutlivesABadOne(Map<String, byte[]> bad) {
        var copy = existingCopy();
        site.files("provided", bad);
        assertThat(copies()).as("nothing overwrites it").isEmpty();
        var finding = site.finding(CERTIFICATE, copy);
        assertThat(finding.kind()).isEqualTo(Kind.WARNING);
        assertThat(finding.message())
                .contains("Secret provided")
                .endsWith("Secret %s, a copy of the last good certificate, serves until %s."
                        .formatted(
                                copy.getMetadata().getName(),
                                CertificateContents.of(copy).notAfter().orElseThrow()));
    }

    @Test
    void theLastGoodCertificateOutlivesTheOriginal() {
        var copy = existingCopy();
        assertThat(site.finding(CERTIFICATE, copy).kind()).isEqualTo(Kind.WARNING);
        assertThat(site.finding(CERTIFICATE, copy).reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        var expired = CertificateContents.of(copy).notAfter().orElseThrow().plusSeconds(1);
        assertThat(site.at(expired).finding(CERTIFICATE, copy).kind()).isEqualTo(Kind.FAILING);
    }

    @Test
    void aNameThatNoCertificateCoversHoldsNoRotationBack() {
        var former = existingCopy();
        site.finds(List.of(CertificateVersionsTest.ingress(
                        site.plan(), former.getMetadata().getName(), "recordsponge.test")))
                .with("aliases", "[new.test]")
                .files("provided", ALL.secret("public", "intermediate"));
        assertThat(site.finding(CERTIFICATE).reason()).isEqualTo(Reason.NAMES_NOT_COVERED);
        assertThat(copies()).singleElement().satisfies(copy -> {
            assertThat(copy.getMetadata().getName())
                    .isEqualTo(former.getMetadata().getName());
            assertThat(copy.getData()).isNotEqualTo(former.getData());
        });
        site.files("provided", Map.of());
        assertThat(copies()).as("as long as the new one is good").isEmpty();
    }

    @Test
    void aNewCopyIsUsedAtOnce() {
        site.files("provided", ALL.secret("self-signed"));
        var plan = site.plan();
        var feature = plan.features().stream()
                .filter(each -> each.component() == CERTIFICATE)
                .findFirst()
                .orElseThrow();
        assertThat(feature.recheck(site.state(plan, NOW, copies().toArray(Secret[]::new))))
                .contains(Duration.ZERO);
    }
}
