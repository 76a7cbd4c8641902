package com.recordsponge.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/gitops.md shows and no test applies. */
class GitOpsPageTest {

    private static final Path ISSUER = Path.of("deploy/argocd/example/issuer/letsencrypt.yaml");

    /** GitHub sends a webhook only to a server with a certificate that it trusts. */
    @Test
    void theWebhooksHostHasACertificateOfTheExamplesIssuer() throws IOException {
        var issuer = Serialization.unmarshal(Files.readString(ISSUER), GenericKubernetesResource.class);
        assertThat(webhook().getMetadata().getAnnotations())
                .containsEntry(
                        "cert-manager.io/cluster-issuer", issuer.getMetadata().getName());
        assertThat(webhook().getSpec().getTls()).singleElement().satisfies(tls -> {
            assertThat(tls.getSecretName()).isNotBlank();
            assertThat(tls.getHosts())
                    .containsExactly(webhook().getSpec().getRules().getFirst().getHost());
        });
    }

    @Test
    void onlyThePathOfWebhooksIsServed() {
        assertThat(webhook().getSpec().getRules()).singleElement().satisfies(rule -> assertThat(
                        rule.getHttp().getPaths())
                .singleElement()
                .satisfies(path -> {
                    assertThat(path.getPath()).isEqualTo("/api/webhook");
                    assertThat(path.getPathType()).isEqualTo("Exact");
                }));
    }

    private static Ingress webhook() {
        return MarkdownPage.read(Path.of("docs/gitops.md")).codeBlocks().stream()
                .map(CodeBlock::text)
                .filter(text -> text.contains("kind: Ingress\n"))
                .map(text -> Serialization.unmarshal(text, Ingress.class))
                .findFirst()
                .orElseThrow();
    }
}
