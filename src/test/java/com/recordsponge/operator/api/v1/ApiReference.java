package com.recordsponge.operator.api.v1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Renders the CRD as a reference page: a table for each object, and the rules that the API server enforces. */
final class ApiReference {

    private static final String HEAD = """
            # API reference

            <!-- Generated from src/main/java/com/recordsponge/operator/api/v1 by make generate. -->

            `%s/%s`, kind `%s`, namespaced; for kubectl also `%s`. `kubectl explain %s.spec` tells the same on a terminal, and the [examples](../k8s-dev/examples) show it in use.

            Defaults and refusals are part of the schema: the API server applies them to whatever client writes. The operator writes the status and never the spec.
            """;

    private final StringBuilder page = new StringBuilder();

    private ApiReference() {}

    /** The page in GitHub-flavored Markdown. */
    static String markdown(CustomResourceDefinition definition) {
        return new ApiReference().render(definition);
    }

    private String render(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        var version = definition.getSpec().getVersions().getFirst();
        page.append(HEAD.formatted(
                definition.getSpec().getGroup(),
                version.getName(),
                names.getKind(),
                String.join("` and `", names.getShortNames()),
                names.getShortNames().getFirst()));
        var schema = version.getSchema().getOpenAPIV3Schema();
        refusals("", schema, List.of());
        object("spec", schema.getProperties().get("spec"));
        annotations();
        object("status", schema.getProperties().get("status"));
        columns(version);
        formats();
        return page.toString();
    }

    private void annotations() {
        line("\n## annotations\n");
        line(
                "Requests that Git does not own, such as `kubectl annotate --overwrite recordsponge staging %s=now`:\n",
                RequestAnnotation.RESTART);
        line("| annotation | meaning |");
        line("|---|---|");
        for (var annotation : RequestAnnotation.values()) {
            line("| `%s` | %s |", annotation, annotation.meaning());
        }
    }

    /** Adds a section for an object and one for each nested object. */
    private void object(String path, JSONSchemaProps schema) {
        var fields = fields(schema);
        line("\n%s %s\n", path.contains(".") ? "###" : "##", path);
        line("| field | type | default | meaning |");
        line("|---|---|---|---|");
        for (var field : fields) {
            line(
                    "| `%s` | %s | %s | %s |",
                    field.getKey(),
                    FieldType.of(path + "." + field.getKey(), field.getValue()),
                    required(schema, field.getKey()) ? "**required**" : defaultOf(field.getValue()),
                    Objects.requireNonNullElse(field.getValue().getDescription(), ""));
        }
        refusals(path, schema, fields);
        fields.forEach(field -> FieldType.objectIn(field.getValue())
                .ifPresent(inner -> object(FieldType.pathOf(path + "." + field.getKey(), field.getValue()), inner)));
    }

    /** Required fields first. */
    private static List<Map.Entry<String, JSONSchemaProps>> fields(JSONSchemaProps schema) {
        return schema.getProperties().entrySet().stream()
                .sorted(Comparator.comparing(field -> !required(schema, field.getKey())))
                .toList();
    }

    private static boolean required(JSONSchemaProps schema, String field) {
        return schema.getRequired() != null && schema.getRequired().contains(field);
    }

    private static String defaultOf(JSONSchemaProps field) {
        return field.getDefault() == null
                ? ""
                : "`%s`".formatted(field.getDefault().asText());
    }

    private void refusals(String path, JSONSchemaProps schema, List<Map.Entry<String, JSONSchemaProps>> fields) {
        var rules = new ArrayList<>(messages(schema).toList());
        fields.stream()
                .map(Map.Entry::getValue)
                .filter(field -> FieldType.objectIn(field).isEmpty())
                .forEach(field -> messages(field).forEach(rules::add));
        if (!rules.isEmpty()) {
            line("\nRefused%s:\n", path.isEmpty() ? "" : " in `%s`".formatted(path));
            rules.forEach(rule -> line("- %s", rule));
        }
    }

    private static Stream<String> messages(JSONSchemaProps schema) {
        return Stream.ofNullable(schema.getXKubernetesValidations())
                .flatMap(List::stream)
                .map(ValidationRule::getMessage);
    }

    private void columns(CustomResourceDefinitionVersion version) {
        line("\n## Columns of kubectl get\n");
        line("| column | from | |");
        line("|---|---|---|");
        version.getAdditionalPrinterColumns()
                .forEach(column -> line(
                        "| %s | `%s` | %s |",
                        column.getName().toUpperCase(),
                        column.getJsonPath(),
                        column.getPriority() == null ? "" : "with `-o wide`"));
    }

    private void formats() {
        line("\n## Formats\n");
        line("| format | regular expression |");
        line("|---|---|");
        FieldType.FORMATS.forEach((pattern, name) -> line("| %s | `%s` |", name, FieldType.escaped(pattern)));
    }

    private void line(String text, Object... arguments) {
        page.append(text.formatted(arguments)).append('\n');
    }
}
