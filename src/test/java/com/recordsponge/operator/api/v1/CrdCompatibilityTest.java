package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as taking something away from users of an earlier definition. */
class CrdCompatibilityTest {

    static Stream<Arguments> takenAway() {
        return Stream.of(
                arguments("{properties: {a: {}}}", "{properties: {b: {}}}", "v1: field a is gone"),
                arguments("{type: integer}", "{type: string}", "v1: type was \"integer\" and is \"string\""),
                arguments("{enum: [a, b]}", "{enum: [a, c]}", "v1: value b is gone"),
                arguments("{}", "{enum: [a]}", "v1: accepts only [\"a\"]"),
                arguments("{properties: {a: {}}}", "{properties: {a: {}}, required: [a]}", "v1: a has become required"),
                arguments("{}", "{pattern: '^a$'}", "v1: pattern was not there and is \"^a$\""),
                arguments("{pattern: '^a+$'}", "{pattern: '^a$'}", "v1: pattern was \"^a+$\" and is \"^a$\""),
                arguments("{}", "{format: int32}", "v1: format was not there and is \"int32\""),
                arguments("{}", "{maxLength: 63}", "v1: maxLength was not there and is 63"),
                arguments("{maxItems: 5}", "{maxItems: 4}", "v1: maxItems was 5 and is 4"),
                arguments("{maximum: 9}", "{maximum: 8.5}", "v1: maximum was 9 and is 8.5"),
                arguments("{}", "{minLength: 1}", "v1: minLength was not there and is 1"),
                arguments("{minimum: 1}", "{minimum: 1024}", "v1: minimum was 1 and is 1024"),
                arguments(
                        "{maximum: 9}",
                        "{maximum: 9, exclusiveMaximum: true}",
                        "v1: exclusiveMaximum was not there and is true"),
                arguments("{}", "{uniqueItems: true}", "v1: uniqueItems was not there and is true"),
                arguments("{nullable: true}", "{}", "v1: nullable was true and is not there"),
                arguments(
                        "{x-kubernetes-preserve-unknown-fields: true}",
                        "{}",
                        "v1: x-kubernetes-preserve-unknown-fields was true and is not there"),
                arguments("{default: 1}", "{default: 2}", "v1: default was 1 and is 2"),
                arguments("{default: 1}", "{}", "v1: default was 1 and is not there"),
                arguments(
                        "{x-kubernetes-list-type: map}",
                        "{x-kubernetes-list-type: atomic}",
                        "v1: x-kubernetes-list-type was \"map\" and is \"atomic\""),
                arguments("{anyOf: [{}]}", "{}", "v1: anyOf was [{}] and is not there"),
                arguments(
                        "{x-kubernetes-validations: [{rule: a}]}",
                        "{x-kubernetes-validations: [{rule: a}, {rule: b}]}",
                        "v1: has a new rule: b"),
                arguments("{additionalProperties: {}}", "{properties: {a: {}}}", "v1: additionalProperties are gone"),
                arguments("{x-new: 1}", "{x-new: 2}", "v1: x-new was 1 and is 2"));
    }

    @ParameterizedTest
    @MethodSource("takenAway")
    void finds(String before, String after, String finding) {
        assertThat(CrdCompatibility.findings(crd(before), crd(after))).containsExactly(finding);
    }

    static Stream<Arguments> given() {
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
    @MethodSource("given")
    void findsNothingWhereMoreIsAccepted(String before, String after) {
        assertThat(CrdCompatibility.findings(crd(before), crd(after))).isEmpty();
    }

    @Test
    void looksIntoFieldsListsAndMaps() {
        var before = "{properties: {a: {items: {properties: {b: {additionalProperties: {%s}}}}}}}";
        assertThat(CrdCompatibility.findings(
                        crd(before.formatted("maxLength: 9")), crd(before.formatted("maxLength: 8"))))
                .containsExactly("v1.a[].b[]: maxLength was 9 and is 8");
    }

    @Test
    void findsWhatIsGoneBesideTheSchema() {
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
                        "/spec/group was \"example.org\" and is \"example.com\"",
                        "/spec/scope was \"Namespaced\" and is \"Cluster\"",
                        "/spec/names/plural was \"sites\" and is \"places\"",
                        "short name s is gone",
                        "v1: column B is gone",
                        "v1: subresource status is gone",
                        "version v2 is not served any more",
                        "version v3 is not served any more");
    }

    private static String crd(String schema) {
        return "spec: {versions: [{name: v1, served: true, schema: {openAPIV3Schema: %s}}]}".formatted(schema);
    }
}
