package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.e2e.GitOpsSandbox.Site;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.Edits;
import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of docs/gitops.md in order, then upgrades and restores what they deployed. */
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
        Edits.edit(cluster.client(), crd().get(), crd -> {
            crd.getMetadata().getAnnotations().keySet().removeIf(key -> key.matches("argocd.*|.*/test-run"));
            return crd;
        });
    }

    /** Deletes everything that the commands deployed, but not the CRD, which the tests share. */
    private void loseTheCluster() {
        APPLICATIONS.forEach(name -> ArgoCd.get().application(name).orphan());
        cluster.client()
                .resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .delete();
        // Kubernetes looks at a namespace with pods again only after half of their grace period.
        eventually(() -> assertThat(
                        cluster.client().pods().inNamespace(namespace).list().getItems())
                .isEmpty());
        var namespaces = List.of(namespace, namespace + "-system");
        namespaces.forEach(name -> cluster.client().namespaces().withName(name).delete());
        eventually(() -> assertThat(namespaces).allSatisfy(name -> assertThat(
                        cluster.client().namespaces().withName(name).get())
                .isNull()));
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

    @Test
    @Order(3)
    void aClusterRestoredFromGitRunsTheSameImages() throws IOException {
        pinStaging();
        var before = images();

        loseTheCluster();
        sandbox.run(commandsWith("create secret generic prod-db"));
        sandbox.run(commandsWith("apply -f gitops/root.yaml"));

        assertThat(images()).isEqualTo(before);
        assertThat(cluster.client()
                        .apps()
                        .replicaSets()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .as("one rollout of each site")
                .hasSize(before.size());
    }

    /** Names the image of staging by its digest; prod has a tag. */
    private void pinStaging() throws IOException {
        var digest = images().get("staging").iterator().next();
        sandbox.run("""
                cd gitops/environments/staging
                kustomize edit set image recordsponge/expungeservice@%1$s
                git commit --quiet --all -m "Pin staging"
                git push --quiet origin HEAD:main
                kubectl annotate -n argocd application/staging argocd.argoproj.io/refresh=normal --overwrite
                kubectl wait -n recordsponge recordsponge/staging \
                  --for=jsonpath='{.status.image.requested}'=recordsponge/expungeservice@%1$s --timeout=5m
                kubectl wait -n recordsponge recordsponge/staging --for=condition=Ready --timeout=5m
                """.formatted(digest));
    }

    /** The digests that the pods of each environment run. */
    private Map<String, Set<String>> images() {
        return cluster.client().pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().get(Labels.ENVIRONMENT),
                        Collectors.flatMapping(
                                pod -> pod.getStatus().getContainerStatuses().stream()
                                        .map(ContainerStatus::getImageID)
                                        .map(image -> image.replaceFirst(".*@", "")),
                                Collectors.toSet())));
    }

    private static String commandsWith(String text) {
        return commands().stream()
                .map(CodeBlock::text)
                .filter(commands -> commands.contains(text) && !commands.contains("git -C"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(4)
    void aDeletedOperatorApplicationKeepsTheCrd() {
        var operator = ArgoCd.get().application("operator");
        ArgoCd.get().application("recordsponge").orphan();
        Edits.edit(cluster.client(), operator.resource().get(), application -> {
            application.getMetadata().setFinalizers(List.of("resources-finalizer.argocd.argoproj.io"));
            return application;
        });
        operator.deleteCascading();

        assertThat(crd().get()).isNotNull();
        assertThat(cluster.client().namespaces().withName(namespace).get()).isNotNull();
    }
}
