package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.MarkdownPage;
import com.recordsponge.operator.support.MarkdownPage.CodeBlock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the pages without a cluster; DocsClusterTest runs their commands. */
class DocumentationTest {

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    static Stream<CodeBlock> blocks() {
        return pages().stream().flatMap(page -> page.codeBlocks().stream());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockSaysWhatLanguageItIsIn(CodeBlock block) {
        assertThat(block.language())
                .as("without a language nobody knows whether it holds commands")
                .isIn("sh", "yaml", "nginx", "text");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void commandsAreTestedOrSayWhyNot(CodeBlock block) {
        if (block.language().equals("sh")) {
            assertThat(block.isRun() || block.reasonNotToRun().isPresent())
                    .as("write <!-- run --> or <!-- not run: why --> before it")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPageAndItsHeading(MarkdownPage page) {
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

    /** The README of its folder lists a page; the README of a folder is itself listed one folder up. */
    @ParameterizedTest
    @MethodSource("pagesOfDocs")
    void everyPageIsInItsIndex(MarkdownPage page) {
        var folder = page.file().getParent();
        var index =
                page.file().endsWith("README.md") ? folder.resolveSibling("README.md") : folder.resolve("README.md");
        assertThat(MarkdownPage.read(index).links())
                .extracting(link -> index.resolveSibling(link).normalize())
                .contains(page.file());
    }
}
