package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;
import static com.recordsponge.operator.support.Patience.isNotWrittenYet;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with real pods, HTTPS and PostgreSQL. Classes can run in parallel, but not the methods of a class. */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(ClusterDiagnostics.class)
abstract class ClusterTest {

    protected final TestCluster cluster;

    private final List<TestEnvironment> environments = new ArrayList<>();
    private final List<TestDatabase> databases = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    ClusterTest() {
        this(TestCluster.get());
    }

    /** For a test with its own namespaces and operator. */
    ClusterTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @AfterAll
    void cleanUp() {
        for (var environment : environments) {
            environment.resource().delete();
        }
        // cert-manager would recreate the Secret of an existing Certificate.
        eventually(() -> assertThat(environments)
                .allSatisfy(environment ->
                        assertThat(ChildObjects.certificates(environment)).isEmpty()));
        environments.forEach(environment -> cluster.client()
                .resources(Secret.class)
                .inNamespace(cluster.namespace())
                .withLabel(Labels.ENVIRONMENT, environment.name())
                .delete());
        secrets.forEach(name -> cluster.client()
                .resources(Secret.class)
                .inNamespace(cluster.namespace())
                .withName(name)
                .delete());
        databases.forEach(TestDatabase::drop);
    }

    /** A new environment with a name unique to this test run, not applied yet. */
    protected TestEnvironment environment(String name) {
        var environment = new TestEnvironment(cluster, name + "-" + TestCluster.RUN);
        environments.add(environment);
        return environment;
    }

    protected TestDatabase database(TestEnvironment environment) {
        var database = TestDatabase.create(cluster, environment.name());
        databases.add(database);
        secrets.add(database.secret());
        return database;
    }

    /** Creates a Secret in the environments' namespace, and returns its name. */
    protected String secret(String name, Map<String, String> data) {
        return secret(name, "Opaque", data);
    }

    /** The same with another type. */
    protected String secret(String name, String type, Map<String, String> data) {
        secrets.add(name);
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(name)
                        .endMetadata()
                        .withType(type)
                        .withStringData(data)
                        .build())
                .createOr(existing -> existing.update());
        return name;
    }

    /** The spec of an example, with names replaced. */
    protected static String exampleSpec(String example, Map<String, String> replacements) throws IOException {
        var file = Path.of("k8s-dev/examples", example + ".yaml");
        var text =
                Files.readString(Files.exists(file) ? file : Path.of("src/test/resources/examples", example + ".yaml"));
        var spec = text.substring(text.indexOf("spec:\n") + "spec:\n".length()).indent(-2);
        for (var replacement : replacements.entrySet()) {
            assertThat(spec).contains(replacement.getKey());
            spec = spec.replace(replacement.getKey(), replacement.getValue());
        }
        return spec;
    }

    /** The text as diagnostics can print it. */
    String printable(String text) {
        return text;
    }

    List<TestEnvironment> environments() {
        return environments;
    }

    /**
     * Waits until an assertion on pods, certificates or rollouts holds. A failed connection is retried, and so is a read
     * of a part of the status that the operator has not written yet.
     */
    static void eventually(ThrowingRunnable assertion) {
        within(Duration.ofSeconds(120), Duration.ofMillis(200), assertion);
    }

    /** The same with a limit, and how often to look. */
    static void within(Duration limit, Duration interval, ThrowingRunnable assertion) {
        await().atMost(limit)
                .pollInterval(interval)
                .ignoreExceptionsMatching(
                        failure -> failure instanceof UncheckedIOException || isNotWrittenYet(failure))
                .untilAsserted(assertion);
    }
}
