package com.recordsponge.operator.api.v1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Generates the CustomResourceDefinition from the API's types, and adds what the generator does not support. */
final class GeneratedCrd {

    private GeneratedCrd() {}

    /** Descriptions for the fields of Kubernetes' type, which has none. */
    interface ConditionFields {

        @Required
        @JsonPropertyDescription("Type of the condition.")
        String getType();

        @Required
        @JsonPropertyDescription("True, False or Unknown.")
        String getStatus();

        @Required
        @JsonPropertyDescription("The one cause, in CamelCase.")
        String getReason();

        @Required
        @JsonPropertyDescription("For a person: the state, and if something is wrong what to do.")
        String getMessage();

        @Required
        @JsonPropertyDescription("When status last changed (RFC 3339).")
        String getLastTransitionTime();

        @JsonPropertyDescription("metadata.generation that the condition describes.")
        Long getObservedGeneration();
    }

    static String yaml() throws IOException {
        return "# Generated from src/main/java/com/recordsponge/operator/api/v1 by make generate.\n"
                + Serialization.asYaml(definition()).replaceFirst("^---\n", "");
    }

    static CustomResourceDefinition definition() throws IOException {
        var directory = Files.createTempDirectory("crd");
        var mapper = new ObjectMapper().addMixIn(Condition.class, ConditionFields.class);
        new CRDGenerator()
                .withObjectMapper(mapper, new KubernetesSerialization(mapper, false))
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String specVersion) {
                        return completed((CustomResourceDefinition) crd);
                    }
                })
                .customResourceClasses(RecordSpongeEnvironment.class)
                .inOutputDir(directory.toFile())
                .detailedGenerate();
        try (var files = Files.list(directory)) {
            return Serialization.unmarshal(
                    Files.readString(files.findFirst().orElseThrow()), CustomResourceDefinition.class);
        }
    }

    private static CustomResourceDefinition completed(CustomResourceDefinition crd) {
        var version = crd.getSpec().getVersions().getFirst();
        var columns = declaredOrder();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt(column -> columns.indexOf(column.getName())));
        version.getAdditionalPrinterColumns().stream()
                .filter(c -> c.getPriority() == 0)
                .forEach(c -> c.setPriority(null));
        var schema = version.getSchema().getOpenAPIV3Schema();
        removeDuplicateRules(schema);
        addListTypes(schema.getProperties().get("spec"), EnvironmentSpec.class);
        addListTypes(schema.getProperties().get("status"), EnvironmentStatus.class);
        return crd;
    }

    /** The generator sorts columns by name; kubectl must print them in the declared order. */
    private static List<String> declaredOrder() {
        return Arrays.stream(RecordSpongeEnvironment.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    /** The generator finds the rules of a record component twice, on its field and on its accessor. */
    private static void removeDuplicateRules(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(GeneratedCrd::removeDuplicateRules);
        }
        if (schema.getItems() != null) {
            removeDuplicateRules(schema.getItems().getSchema());
        }
    }

    private static void addListTypes(JSONSchemaProps schema, Type type) {
        if (schema.getItems() != null) {
            addListTypes(schema.getItems().getSchema(), ((ParameterizedType) type).getActualTypeArguments()[0]);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (var component : record.getRecordComponents()) {
                var property = schema.getProperties().get(component.getName());
                var list = component.getAnnotation(ListType.class);
                if (list != null) {
                    property.setXKubernetesListType(list.value());
                    property.setXKubernetesListMapKeys(List.of(list.keys()));
                }
                addListTypes(property, component.getGenericType());
            }
        }
    }
}
