package com.recordsponge.operator.api.v1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Generates the CustomResourceDefinition from the API's types, and mends what the generator leaves. */
final class GeneratedCrd {

    /** The type is Kubernetes' own, which describes its fields in comments only. */
    private static final Map<String, String> CONDITION_FIELDS = Map.of(
            "type", "What the condition is about.",
            "status", "True, False or Unknown.",
            "reason", "The one cause, in CamelCase.",
            "message", "For a person: what is so, and when something is wrong what to do.",
            "lastTransitionTime", "When status last changed (RFC 3339).",
            "observedGeneration", "metadata.generation that the condition describes.");

    private GeneratedCrd() {}

    static String yaml() throws IOException {
        return "# Generated from src/main/java/com/recordsponge/operator/api/v1 by make generate.\n"
                + Serialization.asYaml(definition()).replaceFirst("^---\n", "");
    }

    static CustomResourceDefinition definition() throws IOException {
        var directory = Files.createTempDirectory("crd");
        new CRDGenerator()
                .customResourceClasses(RecordSpongeEnvironment.class)
                .inOutputDir(directory.toFile())
                .detailedGenerate();
        try (Stream<Path> files = Files.list(directory)) {
            var generated = Serialization.unmarshal(
                    Files.readString(files.findFirst().orElseThrow()), CustomResourceDefinition.class);
            return mended(generated);
        }
    }

    private static CustomResourceDefinition mended(CustomResourceDefinition crd) {
        var version = crd.getSpec().getVersions().getFirst();
        var columns = declaredOrder();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
        version.getAdditionalPrinterColumns().stream()
                .filter(c -> c.getPriority() == 0)
                .forEach(c -> c.setPriority(null));
        var schema = version.getSchema().getOpenAPIV3Schema();
        mend(schema);
        var conditions = schema.getProperties().get("status").getProperties().get("conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        var condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        condition.getProperties().forEach((name, field) -> field.setDescription(CONDITION_FIELDS.get(name)));
        return new CustomResourceDefinitionBuilder(crd)
                .editMetadata()
                // Beside the release's own objects: uninstalling the operator must not delete the environments.
                .addToAnnotations("helm.sh/resource-policy", "keep")
                .endMetadata()
                .build();
    }

    /** The generator sorts columns; people read them as they are declared. */
    private static List<String> declaredOrder() {
        return Arrays.stream(RecordSpongeEnvironment.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    /** The generator finds a record component's rules twice, on its field and on its accessor. */
    private static void mend(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(GeneratedCrd::mend);
        }
        if (schema.getItems() != null) {
            mend(schema.getItems().getSchema());
        }
    }
}
