package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the documentation without a cluster. {@code DocsClusterTest} runs its commands. */
class DocumentationTest {

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    static Stream<CodeBlock> blocks() {
        return pages().stream().flatMap(page -> page.codeBlocks().stream());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyCodeBlockHasALanguage(CodeBlock block) {
        assertThat(block.language())
                .as("a block without a language may contain untested commands")
                .isIn("sh", "yaml", "nginx", "text");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void commandsAreRunOrSayWhyNot(CodeBlock block) {
        if (block.language().equals("sh")) {
            assertThat(block.isRun() || block.reasonNotToRun().isPresent())
                    .as("write <!-- run --> or <!-- not run: why --> before it")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkHasATarget(MarkdownPage page) {
        assertThat(page.links()).filteredOn(link -> !link.matches("https?:.*")).allSatisfy(link -> {
            var parts = link.split("#", 2);
            var target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
            assertThat(target).exists();
            if (parts.length > 1) {
                assertThat(MarkdownPage.read(target).anchors()).contains(parts[1]);
            }
        });
    }

    static Stream<MarkdownPage> pagesOfDocs() {
        return pages().stream().filter(page -> page.file().startsWith("docs"));
    }

    /** A folder's README lists its pages; the README one folder up lists that README. */
    @ParameterizedTest
    @MethodSource("pagesOfDocs")
    void anIndexListsEveryPage(MarkdownPage page) {
        var folder = page.file().getParent();
        var index =
                page.file().endsWith("README.md") ? folder.resolveSibling("README.md") : folder.resolve("README.md");
        assertThat(MarkdownPage.read(index).links())
                .extracting(link -> index.resolveSibling(link).normalize())
                .contains(page.file());
    }
}
