package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.Command;
import com.recordsponge.operator.support.GoModule;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An API server with the CRDs of k3s and cert-manager validates the manifests in deploy/k3s. */
class K3sFilesApiTest {

    private static final Path FOLDER = Path.of("deploy/k3s");

    /** The version of the Helm controller in k3s 1.36, whose CRDs k3s installs. */
    private static final String HELM_CONTROLLER = "v0.17.9";

    @TempDir
    private static Path temporary;

    private static TestApiServer server;

    /** A server of its own: installing cert-manager's CRDs would end the watches of other tests. */
    @BeforeAll
    static void installTheCrdsOfTheDroplet() throws IOException {
        server = TestApiServer.another();
        server.install(Path.of("deploy/crds/recordspongeenvironments.recordsponge.com.yaml"));
        var certManager = read(FOLDER.resolve("manifests/cert-manager.yaml"))
                .at("/spec/version")
                .asText();
        for (var folder : List.of(
                GoModule.folder("github.com/k3s-io/helm-controller", HELM_CONTROLLER)
                        .resolve("pkg/crds/yaml/generated"),
                GoModule.folder("github.com/cert-manager/cert-manager", certManager)
                        .resolve("deploy/crds"))) {
            for (var file : yamlFiles(folder)) {
                server.install(file);
            }
        }
        server.namespace("recordsponge");
    }

    static List<Path> manifests() throws IOException {
        var operator = temporary.resolve("recordsponge-operator.yaml");
        Files.writeString(
                operator, Command.run(FOLDER.resolve("operator-manifest.sh").toString()));
        return Stream.of(
                        yamlFiles(FOLDER.resolve("manifests")),
                        yamlFiles(FOLDER.resolve("environments")),
                        yamlFiles(FOLDER).stream()
                                .filter(file -> !file.endsWith("recordsponge-operator.yaml"))
                                .toList(),
                        List.of(operator))
                .flatMap(List::stream)
                .toList();
    }

    /** kubectl validates strictly by default, so misspelt fields are refused too. */
    @ParameterizedTest
    @MethodSource("manifests")
    void theApiServerAcceptsEveryManifest(Path file) throws IOException {
        assertThat(server.kubectl("apply", "--server-side", "--dry-run=server", "--filename=" + file))
                .contains("(server dry run)");
    }

    @Test
    void theManifestContainsTheChartOfTheCheckout() throws IOException {
        var manifest = Serialization.yamlMapper()
                .readTree(Command.run(FOLDER.resolve("operator-manifest.sh").toString()));
        var archive = temporary.resolve("chart.tgz");
        Files.write(
                archive,
                Base64.getDecoder().decode(manifest.at("/spec/chartContent").asText()));
        var values = temporary.resolve("values.yaml");
        Files.writeString(values, manifest.at("/spec/valuesContent").asText());

        var rendered = render(archive, values);
        assertThat(rendered).isEqualTo(render(Path.of(Chart.FOLDER), values));
        assertThat(rendered).contains("namespace: recordsponge\n");
    }

    /** Otherwise k3s would upgrade the release after every checkout. */
    @Test
    void everyCheckoutGeneratesTheSameManifest() throws IOException {
        Command.run("bash", "-c", "umask 077 && cp -r deploy " + temporary);
        assertThat(Command.run(
                        temporary.resolve("deploy/k3s/operator-manifest.sh").toString()))
                .isEqualTo(Command.run(FOLDER.resolve("operator-manifest.sh").toString()));
    }

    private static String render(Path chart, Path values) throws IOException {
        return Chart.yamlOf(chart, "recordsponge-operator", "recordsponge-system", "--values=" + values);
    }

    private static JsonNode read(Path file) throws IOException {
        return Serialization.yamlMapper().readTree(Files.readString(file));
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
