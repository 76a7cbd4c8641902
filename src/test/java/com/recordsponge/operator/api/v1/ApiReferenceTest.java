package com.recordsponge.operator.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Golden;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {

    @Test
    void theReferenceMatchesTheTypes() throws IOException {
        Golden.assertMatches(Path.of("docs/api.md"), ApiReference.markdown(GeneratedCrd.definition()));
    }

    @Test
    void everyFieldHasADescription() throws IOException {
        var schema = GeneratedCrd.definition()
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema();
        var undescribed = new ArrayList<String>();
        for (var part : List.of("spec", "status")) {
            collectUndescribed(part, schema.getProperties().get(part), undescribed);
        }
        assertThat(undescribed)
                .as("kubectl explain shows no description of them: add @JsonPropertyDescription")
                .isEmpty();
    }

    private static void collectUndescribed(String path, JSONSchemaProps schema, List<String> undescribed) {
        schema.getProperties().forEach((name, field) -> {
            if (field.getDescription() == null) {
                undescribed.add(path + "." + name);
            }
            FieldType.objectIn(field).ifPresent(inner -> collectUndescribed(path + "." + name, inner, undescribed));
        });
    }
}
