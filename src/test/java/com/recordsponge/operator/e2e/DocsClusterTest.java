package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the documentation in order, with the operator that they install. */
@ResourceLock(value = NodeRegistry.LOCK, mode = ResourceAccessMode.READ)
class DocsClusterTest extends ClusterTest {

    /** In the order in which a reader follows them. */
    private static final List<Path> PAGES = Stream.of(
                    "docs/install-k3s.md",
                    "README.md",
                    "docs/images.md",
                    "deploy/helm/recordsponge-operator/README.md",
                    "k8s-dev/README.md",
                    "docs/upgrade.md",
                    "docs/uninstall.md")
            .map(Path::of)
            .toList();

    /** Commands with the files to save before them, and their expected output. */
    private record Step(CodeBlock commands, List<CodeBlock> files, List<CodeBlock> output) {

        @Override
        public String toString() {
            return commands.toString();
        }
    }

    private final String namespace = "docs-" + TestCluster.RUN;

    private DocsSandbox sandbox;

    @BeforeAll
    void prepareTheSandbox(@TempDir Path folder) throws IOException {
        var staging = environment("docs");
        sandbox = new DocsSandbox(folder, cluster, namespace, staging.host(), database(staging));
    }

    @AfterAll
    void removeTheNamespaces() {
        for (var name : List.of(namespace, namespace + "-system")) {
            cluster.client().resources(Namespace.class).withName(name).delete();
        }
    }

    @Test
    void everyPageWithTestedCommandsIsInTheList() {
        assertThat(PAGES)
                .containsExactlyInAnyOrderElementsOf(MarkdownPage.all().stream()
                        .filter(page -> page.codeBlocks().stream().anyMatch(CodeBlock::isRun))
                        .map(MarkdownPage::file)
                        .filter(page -> !page.equals(GitOpsDocsClusterTest.PAGE))
                        .toList());
    }

    static List<Step> steps() {
        return PAGES.stream()
                .map(MarkdownPage::read)
                .flatMap(page -> steps(page).stream())
                .toList();
    }

    private static List<Step> steps(MarkdownPage page) {
        var steps = new ArrayList<Step>();
        var files = new ArrayList<CodeBlock>();
        for (var block : page.codeBlocks()) {
            if (block.isRun()) {
                steps.add(new Step(block, List.copyOf(files), new ArrayList<>()));
                files.clear();
            } else if (block.fileName().isPresent()) {
                files.add(block);
            } else if (block.isOutput()) {
                steps.getLast().output().add(block);
            }
        }
        return steps;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void commandsDoWhatThePageSays(Step step) throws IOException {
        for (var file : step.files()) {
            sandbox.save(file.fileName().orElseThrow(), file.text());
        }
        var printed = sandbox.run(step.commands().text());
        for (var output : step.output()) {
            assertThat(words(printed)).isEqualTo(words(sandbox.adapted(output.text())));
        }
    }

    /** The words of an output, regardless of column widths and ages. */
    private static List<List<String>> words(String output) {
        return output.lines()
                .map(line -> Stream.of(line.split("\\s+"))
                        .map(word -> word.matches("([0-9]+[smhd])+") ? "AGE" : word)
                        .toList())
                .toList();
    }
}
