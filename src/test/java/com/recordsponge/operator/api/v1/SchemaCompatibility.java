package com.recordsponge.operator.api.v1;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares the schema of a field with an earlier one, keyword by keyword. */
final class SchemaCompatibility {

    /** Keywords that document a field and restrict nothing. */
    private static final Set<String> DOCUMENTATION = Set.of("description", "title", "example", "externalDocs");

    private static final Set<String> UPPER_LIMITS = Set.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final Set<String> LOWER_LIMITS = Set.of("minimum", "minLength", "minItems", "minProperties");

    /** Keywords that accept more while they are true. */
    private static final Set<String> PERMISSIONS =
            Set.of("nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-int-or-string");

    /** Keywords that accept more when they are absent or false. */
    private static final Set<String> RESTRICTIONS =
            Set.of("pattern", "format", "multipleOf", "not", "exclusiveMaximum", "exclusiveMinimum", "uniqueItems");

    private final String path;
    private final JsonNode before;
    private final JsonNode after;
    private final List<String> findings;

    private SchemaCompatibility(String path, JsonNode before, JsonNode after, List<String> findings) {
        this.path = path;
        this.before = before;
        this.after = after;
        this.findings = findings;
    }

    /** Adds one sentence for each breaking change between two schemas. */
    static void compare(String path, JsonNode before, JsonNode after, List<String> findings) {
        var comparison = new SchemaCompatibility(path, before, after, findings);
        var keywords = new TreeSet<String>();
        before.fieldNames().forEachRemaining(keywords::add);
        after.fieldNames().forEachRemaining(keywords::add);
        keywords.stream()
                .filter(keyword -> !DOCUMENTATION.contains(keyword))
                .filter(keyword -> !before.path(keyword).equals(after.path(keyword)))
                .forEach(comparison::compare);
    }

    private void compare(String keyword) {
        var was = before.path(keyword);
        var is = after.path(keyword);
        switch (keyword) {
            case "properties" -> compareProperties(was, is);
            case "items", "additionalProperties" -> compareElements(keyword, was, is);
            case "required" ->
                missing(is, was, JsonNode::asText).stream()
                        .filter(field -> !after.at("/properties/" + field).has("default"))
                        .forEach(field -> found("%s became required", field));
            case "enum" -> compareValues(was, is);
            case "x-kubernetes-validations" ->
                missing(is, was, rule -> rule.path("rule").asText()).forEach(rule -> found("rule was added: %s", rule));
            default -> {
                if (isBreaking(keyword, was, is)) {
                    found("%s %s", keyword, change(was, is));
                }
            }
        }
    }

    private void compareProperties(JsonNode was, JsonNode is) {
        was.properties().forEach(property -> {
            if (is.has(property.getKey())) {
                compare(path + "." + property.getKey(), property.getValue(), is.get(property.getKey()), findings);
            } else {
                found("field %s was removed", property.getKey());
            }
        });
    }

    /** Compares the elements of a list, or of a map with arbitrary keys, which the earlier schema may not define. */
    private void compareElements(String keyword, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            compare(path + "[]", was, is, findings);
        } else if (!was.isMissingNode() && !is.asBoolean() && !is.isObject()) {
            found("%s was removed", keyword);
        }
    }

    private void compareValues(JsonNode was, JsonNode is) {
        if (was.isMissingNode()) {
            found("now accepts only %s", is);
        } else if (!is.isMissingNode()) {
            missing(was, is, JsonNode::asText).forEach(value -> found("value %s was removed", value));
        }
    }

    private static boolean isBreaking(String keyword, JsonNode was, JsonNode is) {
        if (UPPER_LIMITS.contains(keyword)) {
            return is.isNumber() && (was.isMissingNode() || is.asDouble() < was.asDouble());
        }
        if (LOWER_LIMITS.contains(keyword)) {
            return is.isNumber() && (was.isMissingNode() || is.asDouble() > was.asDouble());
        }
        if (PERMISSIONS.contains(keyword)) {
            return was.asBoolean() && !is.asBoolean();
        }
        return !RESTRICTIONS.contains(keyword) || !(is.isMissingNode() || is.isBoolean() && !is.asBoolean());
    }

    /** The entries that only the first list contains. */
    private static Set<String> missing(JsonNode list, JsonNode other, Function<JsonNode, String> text) {
        var entries = texts(list, text);
        entries.removeAll(texts(other, text));
        return entries;
    }

    private static Set<String> texts(JsonNode list, Function<JsonNode, String> text) {
        return list.valueStream().map(text).collect(toCollection(LinkedHashSet::new));
    }

    private static String change(JsonNode was, JsonNode is) {
        if (was.isMissingNode()) {
            return "was added: " + is;
        }
        return is.isMissingNode() ? "was removed: " + was : "changed from %s to %s".formatted(was, is);
    }

    private void found(String sentence, Object... arguments) {
        findings.add(path + ": " + sentence.formatted(arguments));
    }
}
