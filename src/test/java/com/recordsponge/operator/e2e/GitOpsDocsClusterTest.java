package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.GitOpsPlatform.NEW_FIELD;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.GitOpsSandbox.Site;
import com.recordsponge.operator.support.Edits;
import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
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
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of docs/gitops.md in order, then upgrades and restores what they deployed. */
@TestMethodOrder(OrderAnnotation.class)
@ResourceLock(value = NodeRegistry.LOCK, mode = ResourceAccessMode.READ)
class GitOpsDocsClusterTest extends ClusterTest {

    static final Path PAGE = Path.of("docs/gitops.md");

    private static final String CONTACT = "team-%s".formatted(TestCluster.RUN);

    private final GitOpsPlatform platform = new GitOpsPlatform(cluster, "gitops-docs-" + TestCluster.RUN);
    private final TestEnvironment staging = environment("gitops-docs-staging");
    private DocsSandbox sandbox;

    @BeforeAll
    void prepareTheSandbox(@TempDir Path folder) throws IOException {
        var prod = environment("gitops-docs-prod");
        sandbox = GitOpsSandbox.create(
                folder,
                cluster,
                platform.namespace(),
                ArgoCd.get().repository("docs"),
                new Site(staging, database(staging)),
                new Site(prod, database(prod)));
    }

    @AfterAll
    void removeWhatTheCommandsDeployed() {
        platform.delete();
        platform.restoreCrd();
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
    void anUpgradeThroughGitAddsAFieldAndLosesNoRequest() throws IOException {
        try (var probe = new AvailabilityProbe(staging.site(), "/api/hello")) {
            var schema = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
            push(
                    "platform",
                    addedField("CustomResourceDefinition", schema, "{\"type\": \"string\"}")
                            + "kustomize edit add annotation recordsponge.com/test-run:%s\n".formatted(TestCluster.RUN),
                    "operator");
            eventually(() -> assertThat(platform.operators()).singleElement().satisfies(pod -> assertThat(
                            pod.getMetadata().getAnnotations())
                    .containsEntry("recordsponge.com/test-run", TestCluster.RUN)));
            ArgoCd.get().application("operator").await("Synced", "Healthy");

            push(
                    "environments/staging",
                    addedField("RecordSpongeEnvironment", "/spec", "\"%s\"".formatted(CONTACT)),
                    "staging");
            eventually(() -> assertThat(platform.newField("staging")).isEqualTo(CONTACT));
            ArgoCd.get().application("staging").await("Synced", "Healthy");
            probe.assertAlwaysAvailable();
        }
    }

    /** The command that adds the new field to objects of a kind in the folder's kustomization. */
    private static String addedField(String kind, String parent, String value) {
        return """
            kustomize edit add patch --kind %s --patch '[{"op": "add", "path": "%s/%s", "value": %s}]'
            """.formatted(kind, parent, NEW_FIELD, value);
    }

    /** Changes a folder with commands, and pushes it to an Application. */
    private void push(String folder, String commands, String application) throws IOException {
        sandbox.run("""
            cd gitops/%s
            %sgit commit --quiet --all -m Change
            git push --quiet origin HEAD:main
            kubectl annotate -n argocd application/%s argocd.argoproj.io/refresh=normal --overwrite
            """.formatted(folder, commands, application));
    }

    @Test
    @Order(3)
    void aClusterRestoredFromGitRunsTheSameImages() throws IOException {
        pinStaging();
        var before = platform.images();

        platform.delete();
        sandbox.run(commandsWith("create secret generic prod-db"));
        sandbox.run(commandsWith("apply -f gitops/root.yaml"));

        assertThat(platform.images()).isEqualTo(before);
        assertThat(cluster.client()
                        .apps()
                        .replicaSets()
                        .inNamespace(platform.namespace())
                        .list()
                        .getItems())
                .as("one rollout of each site")
                .hasSize(before.size());
    }

    /** Names the image of staging by its digest; prod has a tag. */
    private void pinStaging() throws IOException {
        var image = "recordsponge/expungeservice@"
                + platform.images().get("staging").iterator().next();
        push("environments/staging", "kustomize edit set image %s\n".formatted(image), "staging");
        sandbox.run("""
            kubectl wait -n recordsponge recordsponge/staging \
              --for=jsonpath='{.status.image.requested}'=%s --timeout=5m
            kubectl wait -n recordsponge recordsponge/staging --for=condition=Ready --timeout=5m
            """.formatted(image));
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

        assertThat(platform.crd().get()).isNotNull();
        assertThat(cluster.client().namespaces().withName(platform.namespace()).get())
                .isNotNull();
    }
}
