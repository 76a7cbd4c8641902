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

/** A real API server validates the objects of the chart and of the kustomize base in a dry run. */
class ManifestsApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();

    @TempDir
    private Path directory;

    @BeforeAll
    static void createNamespaces() {
        List.of("recordsponge-system", "recordsponge", "sites", "previews").forEach(SERVER::namespace);
    }

    /** Without the ServiceMonitor, whose CRD belongs to the Prometheus operator. */
    @ParameterizedTest
    @MethodSource("values")
    void theApiServerAcceptsTheChart(Path values) throws IOException {
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
        try (var others = Files.list(folder.resolve("ci"))) {
            return Stream.concat(Stream.of(folder.resolve("values.yaml")), others.sorted())
                    .toList();
        }
    }

    @Test
    void theApiServerAcceptsTheKustomizeBase() throws IOException {
        assertThat(dryRun("-k", "deploy/kustomize"))
                .contains(
                        "customresourcedefinition.apiextensions.k8s.io/recordspongeenvironments.recordsponge.com serverside-applied",
                        "deployment.apps/recordsponge-operator serverside-applied");
    }

    @Test
    void theOperatorBaseExcludesTheCrd() throws IOException {
        assertThat(SERVER.kubectl("kustomize", "deploy/kustomize/operator"))
                .contains("kind: Deployment")
                .doesNotContain("CustomResourceDefinition");
    }

    private static String dryRun(String option, String target) throws IOException {
        return SERVER.kubectl(
                "apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", option, target);
    }
}
