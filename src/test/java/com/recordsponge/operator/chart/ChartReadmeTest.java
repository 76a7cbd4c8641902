package com.recordsponge.operator.chart;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.Golden;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of values in the chart's README: descriptions from the schema, defaults from values.yaml. */
class ChartReadmeTest {

    private static final Path CHART = Path.of(Chart.FOLDER);
    private static final String BEGIN =
            "<!-- Generated from values.schema.json and values.yaml by make generate. -->\n";
    private static final String END = "<!-- End of what is generated. -->\n";

    /** A value of the schema, by its path. */
    private record Value(String path, JsonNode schema) {

        JsonNode valueIn(JsonNode values) {
            return values.at("/" + path.replace('.', '/'));
        }
    }

    @Test
    void theReadmeListsEveryValue() throws IOException {
        var readme = CHART.resolve("README.md");
        var text = Files.readString(readme);
        Golden.assertMatches(
                readme, text.substring(0, text.indexOf(BEGIN)) + BEGIN + table() + text.substring(text.indexOf(END)));
    }

    @Test
    void everyValueHasADescriptionAndADefault() throws IOException {
        var defaults = read("values.yaml");
        assertThat(values()).allSatisfy(value -> {
            assertThat(value.schema().has("description")).as(value.path()).isTrue();
            assertThat(value.valueIn(defaults).isMissingNode()).as(value.path()).isFalse();
        });
    }

    private static String table() throws IOException {
        var defaults = read("values.yaml");
        return values().map(value -> "| `%s` | `%s` | %s |%n"
                        .formatted(
                                value.path(),
                                value.valueIn(defaults),
                                value.schema().path("description").asText()))
                .collect(joining("", "| value | default | |\n|---|---|---|\n", ""));
    }

    /** All values except {@code global}, which Helm adds to every chart. */
    private static Stream<Value> values() throws IOException {
        return values("", read("values.schema.json"))
                .filter(value -> !value.path().equals("global"));
    }

    private static Stream<Value> values(String prefix, JsonNode schema) {
        return schema.path("properties").properties().stream().flatMap(property -> {
            var value = new Value(prefix + property.getKey(), property.getValue());
            return value.schema().has("properties") && !value.schema().has("description")
                    ? values(value.path() + ".", value.schema())
                    : Stream.of(value);
        });
    }

    private static JsonNode read(String file) throws IOException {
        return Serialization.unmarshal(Files.readString(CHART.resolve(file)), JsonNode.class);
    }
}
