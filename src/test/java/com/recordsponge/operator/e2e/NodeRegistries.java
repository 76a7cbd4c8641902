package com.recordsponge.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the nodes of the development cluster pull, as values for another release of the operator's chart. */
final class NodeRegistries {

    private static final String CONFIG = "registries.yaml";

    private NodeRegistries() {}

    /** Writes the values of the operator under test to a file that only its owner can read. */
    static Path values() throws IOException {
        var files = secret();
        var config = config(files.remove(CONFIG));
        var values = Map.of("registries", Map.of("config", config, "files", files));
        var file = Files.createTempFile("registries", ".json");
        file.toFile().deleteOnExit();
        return Files.writeString(file, Serialization.jsonMapper().writeValueAsString(values));
    }

    /** The password of the nodes, which the operator uses as well. */
    static String password() throws IOException {
        return config(secret().get(CONFIG))
                .path("configs")
                .findValue("password")
                .asText();
    }

    private static JsonNode config(String text) throws IOException {
        return Serialization.yamlMapper().readTree(text);
    }

    private static Map<String, String> secret() {
        return TestCluster.get()
                .client()
                .secrets()
                .inNamespace(TestCluster.get().operatorNamespace())
                .withName(OperatorResource.RELEASE + "-registries")
                .get()
                .getData()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }
}
