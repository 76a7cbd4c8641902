package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes the values that a field accepts. */
final class FieldType {

    /** Names of the regular expressions that several fields share. */
    static final Map<String, String> FORMATS = new LinkedHashMap<>();

    static {
        FORMATS.put(Formats.DNS_NAME, "DNS name");
        FORMATS.put(Formats.DURATION, "duration");
    }

    private FieldType() {}

    /** @param path of the field, such as {@code spec.tls}; objects link to the section of that name */
    static String of(String path, JSONSchemaProps field) {
        if (field.getItems() != null) {
            var most = field.getMaxItems() == null ? "" : "up to %d: ".formatted(field.getMaxItems());
            return "list of " + most + of(path + "[]", field.getItems().getSchema());
        }
        if (field.getAdditionalProperties() != null) {
            return "map to %s"
                    .formatted(of(path, field.getAdditionalProperties().getSchema()));
        }
        if (objectIn(field).isPresent()) {
            return "[%s](#%s)".formatted(path, path.toLowerCase().replaceAll("[^a-z0-9]", ""));
        }
        if (field.getProperties() != null && !field.getProperties().isEmpty()) {
            var only = field.getProperties().entrySet().iterator().next();
            return "object with `%s`: %s".formatted(only.getKey(), of(path + "." + only.getKey(), only.getValue()));
        }
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return field.getEnum().stream().map(JsonNode::asText).collect(Collectors.joining("`, `", "`", "`"));
        }
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "quantity";
        }
        return field.getType() + range(field) + length(field) + format(field);
    }

    /** The object in a field or in the items of its list, unless it has a single, plain field and so needs no section. */
    static Optional<JSONSchemaProps> objectIn(JSONSchemaProps field) {
        var schema = field.getItems() == null ? field : field.getItems().getSchema();
        return Optional.of(schema)
                .filter(s -> s.getProperties() != null)
                .filter(s -> s.getProperties().size() > 1
                        || s.getProperties().values().stream()
                                .anyMatch(only -> objectIn(only).isPresent()));
    }

    /** The name of that object's section. */
    static String pathOf(String path, JSONSchemaProps field) {
        return field.getItems() == null ? path : path + "[]";
    }

    /** Escapes vertical bars, which would end the table cell. */
    static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    private static String range(JSONSchemaProps field) {
        if (field.getMinimum() == null && field.getMaximum() == null) {
            return "";
        }
        return field.getMaximum() == null
                ? ", at least %.0f".formatted(field.getMinimum())
                : ", %.0f to %.0f".formatted(field.getMinimum(), field.getMaximum());
    }

    private static String length(JSONSchemaProps field) {
        if (field.getMaxLength() == null) {
            return "";
        }
        return field.getMinLength() == null
                ? ", up to %d characters".formatted(field.getMaxLength())
                : ", %d to %d characters".formatted(field.getMinLength(), field.getMaxLength());
    }

    private static String format(JSONSchemaProps field) {
        if (field.getPattern() == null) {
            return "";
        }
        return FORMATS.containsKey(field.getPattern())
                ? ", [%s](#formats)".formatted(FORMATS.get(field.getPattern()))
                : ", `%s`".formatted(escaped(field.getPattern()));
    }
}
