package com.recordsponge.operator.chart;

import static com.recordsponge.operator.support.ApiTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How installing, upgrading and uninstalling the chart affects the CRD and the environments. */
class CrdLifecycleApiTest {

    private static final String NAME = "recordspongeenvironments.recordsponge.com";
    private static final String NAMESPACE = "sites";

    /** A server of its own: these tests delete the CRD, which other tests need. */
    private static TestApiServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() throws IOException {
        server = TestApiServer.another();
        server.namespace(NAMESPACE);
    }

    @AfterEach
    void uninstallEverything() throws IOException {
        helm("uninstall", "first", "--ignore-not-found");
        helm("uninstall", "second", "--ignore-not-found");
        server.client().resources(CustomResourceDefinition.class).withName(NAME).delete();
        eventually(() -> assertThat(definition()).isNull());
    }

    @Test
    void anUpgradeAddsNewFieldsToTheCrd() throws IOException {
        helm("install", "first", olderChart());
        createEnvironment();
        assertThat(storedUrl()).as("the older CRD lacks this field").isNull();

        helm("upgrade", "first", Chart.FOLDER);

        eventually(() -> assertThat(storedUrl()).isEqualTo("https://example.org"));
    }

    @Test
    void uninstallingKeepsTheCrdAndTheEnvironments() throws IOException {
        helm("install", "first", Chart.FOLDER);
        createEnvironment();

        helm("uninstall", "first");

        assertThat(environment()).isNotNull();
        helm("install", "first", Chart.FOLDER);
        assertThat(environment())
                .as("the next release of the same name owns the CRD again")
                .isNotNull();
    }

    @Test
    void disablingTheCrdKeepsIt() throws IOException {
        helm("install", "first", Chart.FOLDER);
        createEnvironment();

        helm("upgrade", "first", Chart.FOLDER, "--set", "crds.install=false");

        assertThat(environment()).isNotNull();
    }

    @Test
    void helmTakesOwnershipOfTheCrdOnRequest() throws IOException {
        server.install(Path.of("deploy/crds", NAME + ".yaml"));

        assertThatThrownBy(() -> helm("install", "first", Chart.FOLDER))
                .hasMessageContaining("cannot be imported into the current release");

        helm("install", "first", Chart.FOLDER, "--take-ownership");
        helm("upgrade", "first", Chart.FOLDER);
    }

    @Test
    void aSecondReleaseCannotOwnTheCrd() throws IOException {
        helm("install", "first", Chart.FOLDER);

        assertThatThrownBy(() -> helm("install", "second", Chart.FOLDER))
                .hasMessageContaining(
                        "\"meta.helm.sh/release-name\" must equal \"second\": current value is \"first\"");

        helm("install", "second", Chart.FOLDER, "--set", "crds.install=false");
    }

    @Test
    void installingRequiresTheWatchedNamespace() throws IOException {
        var watched = new String[] {"upgrade", "--install", "first", Chart.FOLDER, "--set", "watchNamespaces={later}"};
        assertThatThrownBy(() -> helm(watched)).hasMessageContaining("namespaces \"later\" not found");

        server.namespace("later");

        assertThat(helm(watched)).contains("STATUS: deployed");
    }

    private static String helm(String... arguments) throws IOException {
        return Chart.helm(
                server,
                Stream.concat(Stream.of(arguments), Stream.of("--namespace", NAMESPACE))
                        .toArray(String[]::new));
    }

    /** A copy of the chart whose CRD has no {@code status.url}. */
    private String olderChart() throws IOException {
        var older = directory.resolve("chart");
        try (var files = Files.walk(Path.of(Chart.FOLDER))) {
            for (var file : files.toList()) {
                Files.copy(file, older.resolve(Path.of(Chart.FOLDER).relativize(file)));
            }
        }
        var file = older.resolve("files").resolve(NAME + ".yaml");
        var definition = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        var schema = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        assertThat(schema.getProperties().get("status").getProperties().remove("url"))
                .isNotNull();
        Files.writeString(file, Serialization.asYaml(definition));
        return older.toString();
    }

    private static CustomResourceDefinition definition() {
        return server.client()
                .resources(CustomResourceDefinition.class)
                .withName(NAME)
                .get();
    }

    private static void createEnvironment() {
        eventually(() -> assertThat(definition().getStatus().getConditions())
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True")));
        eventually(() -> assertThat(server.client().supports("recordsponge.com/v1", "RecordSpongeEnvironment"))
                .isTrue());
        var environment = new GenericKubernetesResource();
        environment.setApiVersion("recordsponge.com/v1");
        environment.setKind("RecordSpongeEnvironment");
        environment.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName("site")
                .build());
        environment.setAdditionalProperty(
                "spec",
                Map.of(
                        "tier", "staging",
                        "host", "example.org",
                        "image", "recordsponge/expungeservice:staging"));
        server.client().resource(environment).create();
    }

    private static GenericKubernetesResource environment() {
        return server.client()
                .genericKubernetesResources("recordsponge.com/v1", "RecordSpongeEnvironment")
                .inNamespace(NAMESPACE)
                .withName("site")
                .get();
    }

    /** Writes a URL to the status and returns the value that the API server stored. */
    private static Object storedUrl() {
        var environment = environment();
        environment.setAdditionalProperty("status", Map.of("observedGeneration", 1, "url", "https://example.org"));
        server.client().resource(environment).updateStatus();
        return environment().get("status", "url");
    }
}
