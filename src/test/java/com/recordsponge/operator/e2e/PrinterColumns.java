package com.recordsponge.operator.e2e;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The columns that {@code kubectl get recordsponge} prints for one environment. */
final class PrinterColumns {

    private static final Pattern HEADING = Pattern.compile("\\S+\\s*");

    private PrinterColumns() {}

    static Map<String, String> of(TestEnvironment environment, String... options) {
        var command = Stream.concat(Stream.of("get", "recordsponge", environment.name()), Stream.of(options));
        var lines = environment
                .cluster()
                .kubectl(command.toArray(String[]::new))
                .lines()
                .toList();
        var columns = new LinkedHashMap<String, String>();
        HEADING.matcher(lines.get(0)).results().forEach(heading -> {
            var row = lines.get(1);
            var cell = row.substring(Math.min(heading.start(), row.length()), Math.min(heading.end(), row.length()));
            columns.put(heading.group().strip(), cell.strip());
        });
        return columns;
    }
}
