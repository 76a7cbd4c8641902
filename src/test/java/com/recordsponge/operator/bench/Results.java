package com.recordsponge.operator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of figures, which replaces the one in docs/performance.md. */
final class Results {

    private static final Path PAGE = Path.of("docs/performance.md");
    private static final String BEGIN = "<!-- results: written by make bench -->\n";
    private static final String END = "<!-- end of results -->";

    private final List<String> rows = new ArrayList<>();

    /** @param target what the figure should be; empty if there is no target */
    void add(String label, String target, String format, Object... figures) {
        var row = "| %s | %s | %s |".formatted(label, format.formatted(figures), target);
        rows.add(row);
        System.out.println(row);
    }

    void write() throws IOException {
        var page = Files.readString(PAGE);
        var table = "| | Measured | Target |%n|---|---|---|%n%s%n".formatted(String.join("\n", rows));
        Files.writeString(
                PAGE,
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + "\n" + table + "\n"
                        + page.substring(page.indexOf(END)));
    }

    /** The value that the given share of the values does not exceed. */
    static long percentile(List<Long> values, double share) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    static String machine() throws IOException {
        var cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return String.format(Locale.ROOT, "%d × %s", Runtime.getRuntime().availableProcessors(), cpu);
    }
}
