package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes of a CRD break users of an earlier one. */
class CrdCompatibilityTest {

    static Stream<Arguments> breakingChanges() {
        return Stream.of(
                arguments("{properties: {a: {}}}", "{properties: {b: {}}}", "v1: field a was removed"),
                arguments("{type: integer}", "{type: string}", "v1: type changed from \"integer\" to \"string\""),
                arguments("{enum: [a, b]}", "{enum: [a, c]}", "v1: value b was removed"),
                arguments("{}", "{enum: [a]}", "v1: now accepts only [\"a\"]"),
                arguments("{properties: {a: {}}}", "{properties: {a: {}}, required: [a]}", "v1: a became required"),
                arguments("{}", "{pattern: '^a$'}", "v1: pattern was added: \"^a$\""),
                arguments("{pattern: '^a+$'}", "{pattern: '^a$'}", "v1: pattern changed from \"^a+$\" to \"^a$\""),
                arguments("{}", "{format: int32}", "v1: format was added: \"int32\""),
                arguments("{}", "{maxLength: 63}", "v1: maxLength was added: 63"),
                arguments("{maxItems: 5}", "{maxItems: 4}", "v1: maxItems changed from 5 to 4"),
                arguments("{maximum: 9}", "{maximum: 8.5}", "v1: maximum changed from 9 to 8.5"),
                arguments("{}", "{minLength: 1}", "v1: minLength was added: 1"),
                arguments("{minimum: 1}", "{minimum: 1024}", "v1: minimum changed from 1 to 1024"),
                arguments(
                        "{maximum: 9}", "{maximum: 9, exclusiveMaximum: true}", "v1: exclusiveMaximum was added: true"),
                arguments("{}", "{uniqueItems: true}", "v1: uniqueItems was added: true"),
                arguments("{nullable: true}", "{}", "v1: nullable was removed: true"),
                arguments(
                        "{x-kubernetes-preserve-unknown-fields: true}",
                        "{}",
                        "v1: x-kubernetes-preserve-unknown-fields was removed: true"),
                arguments("{default: 1}", "{default: 2}", "v1: default changed from 1 to 2"),
                arguments("{default: 1}", "{}", "v1: default was removed: 1"),
                arguments(
                        "{x-kubernetes-list-type: map}",
                        "{x-kubernetes-list-type: atomic}",
                        "v1: x-kubernetes-list-type changed from \"map\" to \"atomic\""),
                arguments("{anyOf: [{}]}", "{}", "v1: anyOf was removed: [{}]"),
                arguments(
                        "{x-kubernetes-validations: [{rule: a}]}",
                        "{x-kubernetes-validations: [{rule: a}, {rule: b}]}",
                        "v1: rule was added: b"),
                arguments(
                        "{additionalProperties: {}}", "{properties: {a: {}}}", "v1: additionalProperties was removed"),
                arguments("{x-new: 1}", "{x-new: 2}", "v1: x-new changed from 1 to 2"));
    }

    @ParameterizedTest
    @MethodSource("breakingChanges")
    void findsBreakingChanges(String before, String after, String finding) {
        assertThat(CrdCompatibility.findings(crd(before), crd(after))).containsExactly(finding);
    }

    static Stream<Arguments> compatibleChanges() {
        return Stream.of(
                arguments("{properties: {a: {}}}", "{properties: {a: {}, b: {maxLength: 1}}, required: []}"),
                arguments("{enum: [a]}", "{enum: [b, a]}"),
                arguments("{enum: [a]}", "{}"),
                arguments("{required: [a]}", "{}"),
                arguments("{}", "{properties: {a: {default: 1}}, required: [a]}"),
                arguments("{pattern: '^a$', format: int32, uniqueItems: true}", "{uniqueItems: false}"),
                arguments("{maxLength: 1, minimum: 5}", "{maxLength: 2, minimum: 4}"),
                arguments("{maximum: 1, minItems: 5}", "{}"),
                arguments("{}", "{nullable: true, x-kubernetes-preserve-unknown-fields: true}"),
                arguments(
                        "{x-kubernetes-validations: [{rule: a}, {rule: b}]}",
                        "{x-kubernetes-validations: [{rule: a}]}"),
                arguments(
                        "{x-kubernetes-validations: [{rule: a}]}",
                        "{x-kubernetes-validations: [{rule: a, message: m}]}"),
                arguments("{description: a}", "{description: b}"),
                arguments("{}", "{additionalProperties: {type: string}}"));
    }

    @ParameterizedTest
    @MethodSource("compatibleChanges")
    void allowsCompatibleChanges(String before, String after) {
        assertThat(CrdCompatibility.findings(crd(before), crd(after))).isEmpty();
    }

    @Test
    void comparesNestedFieldsListsAndMaps() {
        var before = "{properties: {a: {items: {properties: {b: {additionalProperties: {%s}}}}}}}";
        assertThat(CrdCompatibility.findings(
                        crd(before.formatted("maxLength: 9")), crd(before.formatted("maxLength: 8"))))
                .containsExactly("v1.a[].b[]: maxLength changed from 9 to 8");
    }

    @Test
    void findsBreakingChangesOutsideTheSchema() {
        var before = """
        spec:
          group: example.org
          scope: Namespaced
          names: {kind: Site, plural: sites, shortNames: [s, st]}
          versions:
            - {name: v1, served: true, additionalPrinterColumns: [{name: A}, {name: B}], subresources: {status: {}}}
            - {name: v2, served: true}
            - {name: v3, served: true}
        """;
        var after = """
        spec:
          group: example.com
          scope: Cluster
          names: {kind: Site, plural: places, shortNames: [st]}
          versions:
            - {name: v1, served: true, additionalPrinterColumns: [{name: C}, {name: A}]}
            - {name: v2, served: false}
        """;
        assertThat(CrdCompatibility.findings(before, after))
                .containsExactly(
                        "/spec/group changed from \"example.org\" to \"example.com\"",
                        "/spec/scope changed from \"Namespaced\" to \"Cluster\"",
                        "/spec/names/plural changed from \"sites\" to \"places\"",
                        "short name s was removed",
                        "v1: column B was removed",
                        "v1: subresource status was removed",
                        "version v2 is no longer served",
                        "version v3 is no longer served");
    }

    /** The comparison covers every part of the schema. */
    @Test
    void findsEveryFieldRemovedFromTheCrd() throws IOException {
        var before = Serialization.unmarshal(GeneratedCrd.yaml(), JsonNode.class);
        var after = before.deepCopy();
        assertThat(CrdCompatibility.findings(before, after)).isEmpty();
        withoutEachField("v1", after.at("/spec/versions/0/schema/openAPIV3Schema"), (path, field) -> assertThat(
                        CrdCompatibility.findings(before, after))
                .containsExactly("%s: field %s was removed".formatted(path, field)));
    }

    /** Removes each field in turn and restores it after the check. */
    private static void withoutEachField(String path, JsonNode schema, BiConsumer<String, String> check) {
        if (schema.get("properties") instanceof ObjectNode fields) {
            for (var field : List.copyOf(fields.properties())) {
                fields.remove(field.getKey());
                check.accept(path, field.getKey());
                fields.set(field.getKey(), field.getValue());
                withoutEachField(path + "." + field.getKey(), field.getValue(), check);
            }
        }
        for (var elements : List.of("items", "additionalProperties")) {
            if (schema.has(elements)) {
                withoutEachField(path + "[]", schema.get(elements), check);
            }
        }
    }

    private static String crd(String schema) {
        return "spec: {versions: [{name: v1, served: true, schema: {openAPIV3Schema: %s}}]}".formatted(schema);
    }
}
