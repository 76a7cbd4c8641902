package com.recordsponge.operator.matrix;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A field of the spec that can be changed by itself: one that can be left out, or one that has a value.
 *
 * @param path such as {@code ingress.basicAuth[].path}; the brackets stand for each entry of a list
 */
public record SpecField(String path, boolean optional) {

    private static final Path CRD = Path.of("deploy/crds/recordspongeenvironments.recordsponge.com.yaml");

    /** All fields of the CRD's schema, in its order. */
    public static List<SpecField> all() {
        try {
            Map<String, Object> crd = Serialization.unmarshal(Files.readString(CRD), Map.class);
            var version = map(list(map(crd.get("spec")).get("versions")).getFirst());
            var root = map(map(version.get("schema")).get("openAPIV3Schema"));
            var fields = new ArrayList<SpecField>();
            addProperties(map(map(root.get("properties")).get("spec")), "", fields);
            return List.copyOf(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addProperties(Map<String, Object> schema, String prefix, List<SpecField> fields) {
        var required = list(schema.getOrDefault("required", List.of()));
        map(schema.getOrDefault("properties", Map.of())).forEach((name, value) -> {
            var property = map(value);
            var path = prefix + name;
            var optional = !required.contains(name);
            if (optional || !property.containsKey("properties")) {
                fields.add(new SpecField(path, optional));
            }
            addProperties(property, path + ".", fields);
            if (property.containsKey("items")) {
                addProperties(map(property.get("items")), path + "[].", fields);
            }
        });
    }

    /** Whether the field names a Secret or ConfigMap, whose content can change. */
    public boolean namesContent() {
        return path.matches(".*(Ref|imagePullSecrets\\[])\\.name|.*[.]secretName") && !path.contains("issuerRef");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
