package com.recordsponge.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.TestApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server says to the objects of the chart, and of the kustomize base, before it would store them. */
class ManifestsApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeNamespaces() {
        List.of("recordsponge-system", "recordsponge", "sites", "previews").forEach(SERVER::namespace);
    }

    /** Nothing but the Prometheus operator knows a ServiceMonitor. */
    @ParameterizedTest
    @MethodSource("values")
    void everyObjectOfTheChartIsValid(Path values) throws IOException {
        var rendered = Chart.yaml(
                "recordsponge-operator",
                "recordsponge-system",
                "--values",
                values.toString(),
                "--set",
                "metrics.serviceMonitor.enabled=false");

        assertThat(dryRun(
                        "-f",
                        Files.writeString(directory.resolve("chart.yaml"), rendered)
                                .toString()))
                .contains("deployment.apps/recordsponge-operator serverside-applied");
    }

    static List<Path> values() throws IOException {
        var folder = Path.of(Chart.FOLDER);
        try (var further = Files.list(folder.resolve("ci"))) {
            return Stream.concat(Stream.of(folder.resolve("values.yaml")), further.sorted())
                    .toList();
        }
    }

    @Test
    void everyObjectOfTheKustomizeBaseIsValid() throws IOException {
        assertThat(dryRun("-k", "deploy/kustomize"))
                .contains(
                        "customresourcedefinition.apiextensions.k8s.io/recordspongeenvironments.recordsponge.com serverside-applied",
                        "deployment.apps/recordsponge-operator serverside-applied");
    }

    @Test
    void theOperatorOfTheKustomizeBaseCanBeRemovedWithoutTheDefinition() throws IOException {
        assertThat(SERVER.kubectl("kustomize", "deploy/kustomize/operator"))
                .contains("kind: Deployment")
                .doesNotContain("CustomResourceDefinition");
    }

    private static String dryRun(String option, String target) throws IOException {
        return SERVER.kubectl(
                "apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", option, target);
    }
}
