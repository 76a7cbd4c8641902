package com.recordsponge.operator.matrix;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of {@code matrix/fields.yaml}, which describes the columns.
 *
 * @param content whether the row is of the object that the field names, and not of the field
 */
public record FieldRow(String field, boolean content, Map<String, Object> columns) {

    /**
     * A value with which a site does not answer, since that is its meaning.
     *
     * @param sentence of the documentation
     * @param document the sentence is there
     */
    public record Interruption(Object value, String sentence, String document) {}

    /** The class of transition that the row stands for on the real cluster; empty for most rows. */
    public Optional<String> representative() {
        return Optional.ofNullable((String) columns.get("class"));
    }

    public List<Object> values() {
        return present("values");
    }

    public List<Object> bad() {
        return present("bad");
    }

    public List<Object> refused() {
        return present("refused");
    }

    /** Values that interrupt the site. */
    public List<Interruption> asks() {
        return present("asks").stream()
                .map(FieldRow::map)
                .map(entry ->
                        new Interruption(entry.get("value"), (String) entry.get("sentence"), (String) entry.get("in")))
                .toList();
    }

    Map<String, Object> with() {
        return map(columns.getOrDefault("with", Map.of()));
    }

    Map<String, Object> absentWith() {
        return map(columns.getOrDefault("absentWith", Map.of()));
    }

    Map<String, Object> badWith() {
        return map(columns.getOrDefault("badWith", Map.of()));
    }

    /** Whether what is edited beside a bad value of this row takes effect. */
    boolean permits(String other) {
        return !overlaps(field, other) && !((List<?>) columns.getOrDefault("holds", List.of())).contains(other);
    }

    private static boolean overlaps(String a, String b) {
        return a.equals(b) || isBelow(a, b) || isBelow(b, a);
    }

    private static boolean isBelow(String field, String parent) {
        return field.startsWith(parent + ".") || field.startsWith(parent + "[");
    }

    boolean absentIsBad() {
        return "bad".equals(columns.get("absent"));
    }

    boolean oneWay() {
        return Boolean.TRUE.equals(columns.get("oneWay"));
    }

    boolean blocked() {
        return Boolean.TRUE.equals(columns.get("blocked"));
    }

    /** Without the values that this cluster does not have. */
    private List<Object> present(String column) {
        var values = (List<?>) columns.getOrDefault(column, List.of());
        return values.stream()
                .filter(Objects::nonNull)
                .filter(value -> !value.toString().contains(MatrixTable.NOT_HERE))
                .map(Object.class::cast)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Override
    public String toString() {
        return content ? "content of " + field : field;
    }
}
