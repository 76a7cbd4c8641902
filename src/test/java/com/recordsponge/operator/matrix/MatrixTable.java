package com.recordsponge.operator.matrix;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table in {@code matrix/fields.yaml}, with the values of one site.
 *
 * @param besides what is edited beside a value that cannot work, by field
 * @param elsewhere fields that have no rows, and the test that changes them
 */
public record MatrixTable(Spec base, Map<String, Object> besides, List<FieldRow> rows, Map<String, String> elsewhere) {

    /** What a value is that the cluster does not have. */
    static final String NOT_HERE = "not here";

    private static final Path FILE = Path.of("src/test/resources/matrix/fields.yaml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?<name>[a-zA-Z0-9.]*[a-zA-Z0-9])}");

    /** The table with the name of each placeholder in its place. */
    public static MatrixTable unresolved() {
        return of(name -> name);
    }

    /** @param value of a placeholder, such as {@code host}; null if the cluster does not have it */
    public static MatrixTable of(UnaryOperator<String> value) {
        var text = PLACEHOLDER.matcher(read()).replaceAll(placeholder -> {
            var resolved = value.apply(placeholder.group("name"));
            return Matcher.quoteReplacement(resolved == null ? NOT_HERE : resolved);
        });
        Map<String, Map<String, Object>> table = Serialization.unmarshal(text, Map.class);
        return new MatrixTable(
                new Spec(table.get("base")),
                table.get("besides"),
                Stream.concat(rows(table.get("fields"), false), rows(table.get("content"), true))
                        .toList(),
                elsewhere(table.get("elsewhere")));
    }

    private static Map<String, String> elsewhere(Map<String, Object> tests) {
        return tests.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, test -> test.getValue()
                .toString()));
    }

    /** The fields of the schema that have rows. */
    List<SpecField> fields() {
        return SpecField.all().stream()
                .filter(field -> !elsewhere.containsKey(field.path()))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Stream<FieldRow> rows(Map<String, Object> fields, boolean content) {
        return fields.entrySet().stream()
                .map(row -> new FieldRow(row.getKey(), content, (Map<String, Object>) row.getValue()));
    }

    private static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The row of the same field or content in this table. */
    FieldRow row(FieldRow other) {
        return rows.stream()
                .filter(row -> row.toString().equals(other.toString()))
                .findFirst()
                .orElseThrow();
    }
}
