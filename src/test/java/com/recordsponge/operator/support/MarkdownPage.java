package com.recordsponge.operator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A page of the documentation, parsed as GitHub does. */
public record MarkdownPage(Path file, Node document) {

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build();

    /**
     * A fenced block.
     *
     * @param line the first line, counted from 1
     * @param language the text after the fence; may be empty
     * @param comment the HTML comment right before the block; empty without one
     */
    public record CodeBlock(Path file, int line, String language, String comment, String text) {

        private static final String NOT_RUN = "not run: ";
        private static final String FILE = "file: ";

        /** Whether a test runs its commands. */
        public boolean isRun() {
            return comment.equals("run");
        }

        /** Why no test runs its commands. */
        public Optional<String> reasonNotToRun() {
            return Optional.of(comment).filter(c -> c.startsWith(NOT_RUN)).map(c -> c.substring(NOT_RUN.length()));
        }

        /** The name of the file to save the text in, for the commands that follow. */
        public Optional<String> fileName() {
            return Optional.of(comment).filter(c -> c.startsWith(FILE)).map(c -> c.substring(FILE.length()));
        }

        /** Whether the text is the output of the commands before it. */
        public boolean isOutput() {
            return comment.equals("output");
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    public static MarkdownPage read(Path file) {
        try {
            return new MarkdownPage(file, PARSER.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pages: those in the top folder, and in and below docs, k8s-dev and deploy. */
    public static List<MarkdownPage> all() {
        return Stream.concat(
                        pagesIn(Path.of(""), 1),
                        Stream.of("docs", "k8s-dev", "deploy").flatMap(folder -> pagesIn(Path.of(folder), 9)))
                .sorted()
                .map(MarkdownPage::read)
                .toList();
    }

    private static Stream<Path> pagesIn(Path folder, int depth) {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<CodeBlock> codeBlocks() {
        return nodes(FencedCodeBlock.class)
                .map(block -> new CodeBlock(
                        file,
                        block.getSourceSpans().getFirst().getLineIndex() + 1,
                        block.getInfo(),
                        comment(block.getPrevious()),
                        block.getLiteral()))
                .toList();
    }

    private static String comment(Node before) {
        return before instanceof HtmlBlock html && html.getLiteral().startsWith("<!--")
                ? html.getLiteral()
                        .replaceFirst("^<!--", "")
                        .replaceFirst("-->\\s*$", "")
                        .strip()
                : "";
    }

    /** The rows of all tables that have a column, as maps from column titles to cells. */
    public List<Map<String, String>> rowsOfTablesWith(String column) {
        return nodes(TableBlock.class)
                .map(MarkdownPage::rows)
                .filter(rows -> !rows.isEmpty() && rows.getFirst().containsKey(column))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Map<String, String>> rows(TableBlock table) {
        var lines = nodes(table, TableRow.class)
                .map(row -> children(row).map(MarkdownPage::text).toList())
                .toList();
        return lines.stream()
                .skip(1)
                .map(line -> {
                    var row = new LinkedHashMap<String, String>();
                    for (var i = 0; i < line.size(); i++) {
                        row.put(lines.getFirst().get(i), line.get(i));
                    }
                    return (Map<String, String>) row;
                })
                .toList();
    }

    /** The targets of links and images, as written. */
    public List<String> links() {
        return Stream.concat(
                        nodes(Link.class).map(Link::getDestination),
                        nodes(Image.class).map(Image::getDestination))
                .toList();
    }

    public List<String> headings() {
        return nodes(Heading.class).map(MarkdownPage::text).toList();
    }

    /** The anchors of the headings, without {@code #}. */
    public Set<String> anchors() {
        return headings().stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String text(Node node) {
        return switch (node) {
            case Text text -> text.getLiteral();
            case Code code -> code.getLiteral();
            default -> children(node).map(MarkdownPage::text).collect(Collectors.joining());
        };
    }

    private <N extends Node> Stream<N> nodes(Class<N> type) {
        return nodes(document, type);
    }

    private static <N extends Node> Stream<N> nodes(Node below, Class<N> type) {
        return children(below)
                .flatMap(child ->
                        Stream.concat(Stream.of(child).filter(type::isInstance).map(type::cast), nodes(child, type)));
    }

    private static Stream<Node> children(Node node) {
        var children = new ArrayList<Node>();
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children.stream();
    }
}
