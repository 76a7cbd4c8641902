package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** A developer's day on the sample application, with a real browser. */
@TestMethodOrder(OrderAnnotation.class)
@Isolated("its edits show within seconds where nothing else uses the machine")
class DevClusterTest extends ClusterTest {

    private static final String PAGE = "src/frontend/src/App.tsx";
    private static final String SERVER = "src/backend/app.py";
    private static final String TEST = "src/backend/test_app.py";
    private static final String PAGE_TEST = "src/frontend/src/App.test.tsx";
    private static final String LOCK = "src/backend/Pipfile.lock";

    /** Other tests run on the same cores; the figures say how long it takes. */
    private static final Duration EDIT_SHOWS = Duration.ofSeconds(60);

    private final TestEnvironment environment = environment("dev");
    private final List<String> claims = List.of(
            environment.name() + "-tree", environment.name() + "-postgres", environment.name() + "-node-modules");
    private SourceTree tree;
    private String untouched;
    private Browser browser;

    @BeforeAll
    void createTheTree() throws IOException {
        tree = new SourceTree();
        untouched = tree.checksum();
        browser = new Browser(Command.values("k8s-dev/dev-tools.sh").get("BROWSER"));
    }

    @AfterAll
    void deleteTheTree() throws IOException {
        browser.close();
        environment.resource().delete();
        eventually(() -> assertThat(environment.pods()).isEmpty());
        claims.forEach(
                claim -> environment.child(PersistentVolumeClaim.class, claim).delete());
        TestVolume.remove(cluster, claims.toArray(String[]::new));
        tree.delete();
    }

    private void within(Duration limit, ThrowingRunnable assertion) {
        within(limit, Duration.ofMillis(100), assertion);
    }

    private String url() {
        return "https://%s:%d/".formatted(environment.host(), cluster.httpsPort());
    }

    private Map<String, EnvironmentStatus.Watcher> watchers() {
        return environment.resource().get().getStatus().dev().watchers().stream()
                .collect(Collectors.toMap(EnvironmentStatus.Watcher::name, watcher -> watcher));
    }

    @Test
    @Order(1)
    void nothingStartsWithoutTheClaimOfTheTree() throws IOException {
        environment.apply(exampleSpec(
                "dev",
                Map.of(
                        "dev.recordsponge.localhost",
                        environment.host(),
                        "claimName: tree",
                        "claimName: " + claims.getFirst())));
        trustWhatThisMachineTrusts();
        environment.await("DevelopmentReady", "False", "SourceNotFound");
        assertThat(environment.pods()).isEmpty();
    }

    /** A proxy on the way to the package registry has a CA of its own. */
    private void trustWhatThisMachineTrusts() throws IOException {
        var authorities = System.getenv("NODE_EXTRA_CA_CERTS");
        if (authorities == null) {
            return;
        }
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName("npm-ca")
                        .endMetadata()
                        .withData(Map.of("ca.crt", Files.readString(Path.of(authorities))))
                        .build())
                .createOr(existing -> existing.update());
        environment.patch("{\"dev\": {\"frontend\": {\"caConfigMapRef\": {\"name\": \"npm-ca\"}}}}");
    }

    @Test
    @Order(2)
    void theSiteRunsTheTree() {
        TestVolume.bind(cluster, claims.get(0), tree.folder(), "1Gi");
        TestVolume.bind(cluster, claims.get(1), "1Gi", 999);
        TestVolume.bind(cluster, claims.get(2), "2Gi", 65534);
        cluster.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(claims.getFirst())
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName("")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        within(Duration.ofMinutes(10), () -> assertThat(environment.condition("Ready"))
                .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isEqualTo("True")));
        eventually(() -> assertThat(environment.site().get("/").body()).contains("bundle.js"));
        openThePage();
    }

    private void openThePage() {
        browser.open(url());
        within(Duration.ofMinutes(3), Duration.ofSeconds(10), () -> {
            var text = browser.text();
            // The page asks once when it is opened.
            browser.open(url());
            assertThat(text).contains("RecordSponge sample application", "/api/hello: Hello, ", "record_expunge_dev");
        });
    }

    @Test
    @Order(3)
    void anEditIsShownWithoutAReload() throws IOException {
        within(Duration.ofMinutes(5), () -> assertThat(watchers().values())
                .as("the first results: until then the watchers' tests use the processors")
                .hasSize(2)
                .extracting(EnvironmentStatus.Watcher::result)
                .doesNotContainNull());
        browser.evaluate("window.kept = 'kept'");
        var first = editPage("RecordSponge sample application", "Edited by a developer");
        browser.screenshot(Path.of("target/dev.png"));
        var second = editPage("Edited by a developer", "RecordSponge sample application");
        assertThat(browser.evaluate("window.kept")).isEqualTo("kept");
        System.out.printf("figure: the first .tsx edit shows after %d ms, the second after %d ms%n", first, second);
    }

    /** Replaces text of the page, and waits until the browser shows it. */
    private long editPage(String text, String replacement) throws IOException {
        var started = Instant.now();
        tree.edit(PAGE, text, replacement);
        within(EDIT_SHOWS, () -> assertThat(browser.text()).contains(replacement));
        return Duration.between(started, Instant.now()).toMillis();
    }

    @Test
    @Order(4)
    void anEditOfTheBackEndIsServed() throws IOException {
        var started = Instant.now();
        tree.edit(SERVER, "Hello, world!", "Hello, developer!");
        within(EDIT_SHOWS, () -> assertThat(hello().body()).isEqualTo("Hello, developer!"));
        System.out.printf(
                "figure: a .py edit is served after %d ms%n",
                Duration.between(started, Instant.now()).toMillis());
    }

    /** Node's proxy passes these on. */
    @Test
    @Order(5)
    void aReloadLosesNoRequest() throws IOException {
        var server = tree.read(SERVER);
        try (var slow = new AvailabilityProbe(environment.site(), "/api/slow?seconds=2");
                var quick = new AvailabilityProbe(environment.site(), "/api/whoami")) {
            for (var edit = 1; edit <= 3; edit++) {
                var greeting = "Hello for the %d. time!".formatted(edit);
                tree.write(SERVER, server.replace("Hello, developer!", greeting));
                within(EDIT_SHOWS, () -> assertThat(hello().body()).isEqualTo(greeting));
            }
            tree.write(SERVER, server);
            within(EDIT_SHOWS, () -> assertThat(hello().body()).isEqualTo("Hello, developer!"));
            quick.assertAlwaysAvailable();
            slow.assertAlwaysAvailable();
        }
    }

    @Test
    @Order(6)
    void aBrokenFileIsCuredByTheNextEdit() throws IOException {
        var page = tree.read(PAGE);
        tree.write(PAGE, page + "\nconst broken: = ;\n");
        within(EDIT_SHOWS, () -> assertThat(showsAnError()).isTrue());
        tree.write(PAGE, page);
        within(EDIT_SHOWS, () -> assertThat(showsAnError()).isFalse());
        assertThat(browser.text()).contains("RecordSponge sample application");

        var server = tree.read(SERVER);
        tree.write(SERVER, server + "\nbroken(\n");
        within(EDIT_SHOWS, () -> assertThat(hello().body()).contains("SyntaxError"));
        tree.write(SERVER, server);
        within(EDIT_SHOWS, () -> assertThat(hello().status()).isEqualTo(200));
    }

    /** The development server lays an error over the page. */
    private boolean showsAnError() {
        return browser.evaluate("document.querySelector('iframe') !== null").equals("true");
    }

    @Test
    @Order(7)
    void anImageOfAnotherLockFileIsNamed() throws IOException {
        var lock = tree.read(LOCK);
        tree.write(LOCK, lock + "\n");
        environment.await("DevelopmentReady", "False", "ImageOutdated");
        tree.write(LOCK, lock);
        environment.await("DevelopmentReady", "True", "Available");
        assertThat(environment.condition("DevelopmentReady").orElseThrow().getMessage())
                .doesNotContain("unknown");
    }

    private SiteClient.Response hello() {
        return environment.site().get("/api/hello", "--max-time", "5");
    }

    @Test
    @Order(8)
    void watchersReportPassFailPass() throws IOException {
        tree.edit(TEST, "Hello, world!", "Hello, developer!");
        eventually(() -> assertThat(watchers().get("backend-tests"))
                .extracting(EnvironmentStatus.Watcher::result, EnvironmentStatus.Watcher::passed)
                .containsExactly("Passed", 2));
        tree.edit(TEST, "Hello, developer!", "Goodbye");
        eventually(() -> assertThat(watchers().get("backend-tests"))
                .extracting(EnvironmentStatus.Watcher::result, EnvironmentStatus.Watcher::failed)
                .containsExactly("Failed", 1));
        assertThat(cluster.kubectl(
                        "logs", "deployment/" + environment.name(), "-c", "watch-backend-tests", "--tail=50"))
                .contains("1 failed");
        tree.edit(TEST, "Goodbye", "Hello, developer!");
        eventually(() -> assertThat(watchers().get("backend-tests").result()).isEqualTo("Passed"));
    }

    @Test
    @Order(9)
    void theFrontEndsWatcherReportsPassFailPass() throws IOException {
        eventually(() -> assertThat(watchers().get("frontend-tests").result()).isEqualTo("Passed"));
        tree.edit(PAGE_TEST, "answer of /api/hello\")", "answer of nobody\")");
        eventually(() -> assertThat(watchers().get("frontend-tests"))
                .extracting(EnvironmentStatus.Watcher::result, EnvironmentStatus.Watcher::failed)
                .containsExactly("Failed", 1));
        tree.edit(PAGE_TEST, "answer of nobody\")", "answer of /api/hello\")");
        eventually(() -> assertThat(watchers().get("frontend-tests").result()).isEqualTo("Passed"));
    }

    @Test
    @Order(10)
    void aFaultyScriptIsNamedAndRunsAgainOnRequest() throws IOException {
        tree.write("config/postgres/create-tables.sql", "CREATE TABEL greeting (text text);\n");
        request("first");
        environment.await("DevelopmentReady", "False", "InitdbFailed");
        assertThat(environment.condition("DevelopmentReady").orElseThrow().getMessage())
                .contains("Script create-tables.sql of config/postgres failed", "syntax error at or near 'TABEL'");
        tree.write("config/postgres/create-tables.sql", "CREATE TABLE IF NOT EXISTS greeting (text text NOT NULL);\n");
        request("second");
        environment.await("DevelopmentReady", "True", "Available");
    }

    private void request(String value) {
        cluster.kubectl(
                "annotate", "recordsponge", environment.name(), "recordsponge.com/initdb=" + value, "--overwrite");
    }

    @Test
    @Order(11)
    void newPodsKeepTheModulesAndTheData() {
        postgres("CREATE TABLE kept AS SELECT 'kept' AS text");
        var installed = modulesInstalledAt();
        var former = environment.pods();
        former.forEach(pod -> cluster.client().resource(pod).delete());
        within(Duration.ofMinutes(4), () -> {
            assertThat(environment.pods())
                    .extracting(pod -> pod.getMetadata().getUid())
                    .doesNotContainAnyElementsOf(former.stream()
                            .map(pod -> pod.getMetadata().getUid())
                            .toList());
            assertThat(environment.condition("Ready").orElseThrow().getStatus()).isEqualTo("True");
            assertThat(environment.site().get("/").body()).contains("bundle.js");
        });
        openThePage();
        assertThat(postgres("SELECT text FROM kept")).isEqualTo("kept");
        assertThat(modulesInstalledAt()).isEqualTo(installed);
    }

    private String postgres(String sql) {
        return inContainer("postgres", "postgres", "psql", "-tAc", sql);
    }

    private String modulesInstalledAt() {
        return inContainer(
                "frontend",
                "node",
                "node",
                "-p",
                "fs.statSync('/src/frontend/node_modules/.recordsponge-installed').mtimeMs");
    }

    private String inContainer(String part, String container, String... command) {
        var words = new ArrayList<>(
                List.of("exec", "deployment/%s-%s".formatted(environment.name(), part), "-c", container, "--"));
        words.addAll(List.of(command));
        return cluster.kubectl(words.toArray(String[]::new)).strip();
    }

    @Test
    @Order(12)
    void withoutTheFrontEndTheApplicationServesTheStaticBuild() throws IOException {
        var build = Files.readString(tree.folder().resolve("src/frontend/build/index.html"));
        environment.patch("""
            {"dev": {"frontend": null, "watchers": [
              {"name": "backend-tests", "runs": "backend", "command": ["python3", "-m", "pytest", "-q"]}]}}
            """);
        eventually(() -> assertThat(environment.site().get("/").body()).isEqualTo(build));
        assertThat(environment.site().get("/api/hello").status()).isEqualTo(200);
        eventually(() -> assertThat(environment
                        .child(Deployment.class, environment.name() + "-frontend")
                        .get())
                .isNull());
    }

    @Test
    @Order(13)
    void nothingInTheClusterChangedTheTree() throws IOException {
        for (var file : List.of(PAGE, SERVER, TEST, "config/postgres/create-tables.sql")) {
            Files.copy(
                    Path.of("k8s-dev/sample-app", file),
                    tree.folder().resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Command.run("chmod", "-R", "a+rX", tree.folder().toString());
        assertThat(tree.checksum()).isEqualTo(untouched);
        for (var container : List.of("app", "watch-backend-tests")) {
            assertThat(cluster.kubectl(
                            "exec",
                            "deployment/" + environment.name(),
                            "-c",
                            container,
                            "--",
                            "sh",
                            "-c",
                            "touch /source/x 2>&1; true"))
                    .contains("Read-only file system");
        }
    }
}
