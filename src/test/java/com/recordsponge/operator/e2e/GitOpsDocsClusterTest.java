package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.GitOpsSandbox.Site;
import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of docs/gitops.md in order, then upgrades what they deployed. */
@TestMethodOrder(OrderAnnotation.class)
class GitOpsDocsClusterTest extends ClusterTest {

    static final Path PAGE = Path.of("docs/gitops.md");

    /** Applications before those that they contain. */
    private static final List<String> APPLICATIONS = List.of("recordsponge", "prod", "staging", "issuer", "operator");

    private final String namespace = "gitops-docs-" + TestCluster.RUN;
    private final TestEnvironment staging = environment("gitops-docs-staging");
    private DocsSandbox sandbox;

    @BeforeAll
    void prepareTheSandbox(@TempDir Path folder) throws IOException {
        var prod = environment("gitops-docs-prod");
        sandbox = GitOpsSandbox.create(
                folder,
                cluster,
                namespace,
                ArgoCd.get().repository("docs"),
                new Site(staging, database(staging)),
                new Site(prod, database(prod)));
    }

    @AfterAll
    void removeWhatTheCommandsDeployed() {
        loseTheCluster();
        crd().edit(crd -> {
            crd.getMetadata().getAnnotations().keySet().removeIf(key -> key.matches("argocd.*|.*/test-run"));
            return crd;
        });
    }

    /** Deletes everything that the commands deployed, but not the CRD, which the tests share. */
    private void loseTheCluster() {
        APPLICATIONS.forEach(name -> ArgoCd.get().application(name).orphan());
        var namespaces = List.of(namespace, namespace + "-system");
        namespaces.forEach(name -> cluster.client().namespaces().withName(name).delete());
    }

    private Resource<CustomResourceDefinition> crd() {
        return cluster.client()
                .resources(CustomResourceDefinition.class)
                .withName("recordspongeenvironments.recordsponge.com");
    }

    static List<CodeBlock> commands() {
        return MarkdownPage.read(PAGE).codeBlocks().stream()
                .filter(CodeBlock::isRun)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Order(1)
    void commandsDoWhatThePageSays(CodeBlock commands) throws IOException {
        sandbox.run(commands.text());
    }

    @Test
    @Order(2)
    void anUpgradeThroughGitLosesNoRequest() throws IOException {
        try (var probe = new AvailabilityProbe(staging.site(), "/api/hello")) {
            sandbox.run("""
                    cd gitops/platform
                    kustomize edit add annotation recordsponge.com/test-run:%1$s
                    git commit --quiet --all -m Upgrade
                    git push --quiet origin HEAD:main
                    kubectl annotate -n argocd application/operator argocd.argoproj.io/refresh=normal --overwrite
                    """.formatted(TestCluster.RUN));
            eventually(() -> {
                assertThat(crd().get().getMetadata().getAnnotations())
                        .containsEntry("recordsponge.com/test-run", TestCluster.RUN);
                assertThat(cluster.client()
                                .pods()
                                .inNamespace(namespace + "-system")
                                .list()
                                .getItems())
                        .singleElement()
                        .satisfies(pod -> assertThat(pod.getMetadata().getAnnotations())
                                .containsEntry("recordsponge.com/test-run", TestCluster.RUN));
            });
            ArgoCd.get().application("operator").await("Synced", "Healthy");
            ArgoCd.get().application("staging").await("Synced", "Healthy");
            probe.assertAlwaysAvailable();
        }
    }
}
