package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a CustomResourceDefinition with an earlier one and finds breaking changes for users of the earlier one:
 * objects that it newly refuses, and fields, columns and versions that it lacks.
 */
final class CrdCompatibility {

    private static final List<String> FIXED =
            List.of("/spec/group", "/spec/scope", "/spec/names/kind", "/spec/names/plural", "/spec/names/singular");

    private final List<String> findings = new ArrayList<>();

    private CrdCompatibility() {}

    /** One sentence for each breaking change between two definitions in YAML. */
    static List<String> findings(String before, String after) {
        return findings(
                Serialization.unmarshal(before, JsonNode.class), Serialization.unmarshal(after, JsonNode.class));
    }

    static List<String> findings(JsonNode before, JsonNode after) {
        var comparison = new CrdCompatibility();
        comparison.compare(before, after);
        return comparison.findings;
    }

    private void compare(JsonNode before, JsonNode after) {
        FIXED.stream()
                .filter(pointer -> !before.at(pointer).equals(after.at(pointer)))
                .forEach(pointer -> found("%s changed from %s to %s", pointer, before.at(pointer), after.at(pointer)));
        before.at("/spec/names/shortNames").forEach(name -> {
            if (after.at("/spec/names/shortNames").valueStream().noneMatch(name::equals)) {
                found("short name %s was removed", name.asText());
            }
        });
        before.at("/spec/versions").forEach(version -> {
            var name = version.path("name").asText();
            var successor = named(name, after.at("/spec/versions"));
            if (version.path("served").asBoolean() && !successor.path("served").asBoolean()) {
                found("version %s is no longer served", name);
            } else {
                compareVersions(name, version, successor);
            }
        });
    }

    private void compareVersions(String name, JsonNode before, JsonNode after) {
        before.path("additionalPrinterColumns").forEach(column -> {
            var header = column.path("name").asText();
            if (named(header, after.path("additionalPrinterColumns")).isMissingNode()) {
                found("%s: column %s was removed", name, header);
            }
        });
        before.path("subresources").fieldNames().forEachRemaining(subresource -> {
            if (!after.path("subresources").has(subresource)) {
                found("%s: subresource %s was removed", name, subresource);
            }
        });
        SchemaCompatibility.compare(
                name, before.at("/schema/openAPIV3Schema"), after.at("/schema/openAPIV3Schema"), findings);
    }

    private static JsonNode named(String name, JsonNode list) {
        return list.valueStream()
                .filter(entry -> entry.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private void found(String sentence, Object... arguments) {
        findings.add(sentence.formatted(arguments));
    }
}
