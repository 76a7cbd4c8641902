package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.LeakReport.Surface;
import com.recordsponge.operator.support.SecretSearch;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches for secret values through an environment's lifetime, including failures, at the most verbose log level. */
class SecretsClusterTest extends ClusterTest {

    private static final String QUOTA = "no-secrets";

    /** The second variable makes the client log its HTTP requests and responses. */
    private static final Map<String, String> LOG_EVERYTHING = Map.of(
            "QUARKUS_LOG_LEVEL",
            "TRACE",
            "JAVA_TOOL_OPTIONS",
            "-Dquarkus.log.category.\"io.fabric8.kubernetes.client.http.HttpLoggingInterceptor\".level=TRACE");

    private final SecretSearch search = new SecretSearch();
    private final LeakReport leaks = new LeakReport(search);
    private final TestEnvironment environment = environment("secrets");
    private final TestSecrets secrets = new TestSecrets(this, environment, search);
    private final String key = environment.name() + "-session-key";
    private TestDatabase database;
    private OperatorRelease operator;
    private LeakSurfaces surfaces;
    private OperatorLog log;
    private Process following;
    private Process watching;

    SecretsClusterTest() {
        super(TestCluster.get().withNamespaces("secrets"));
    }

    @BeforeAll
    void runThroughTheLifetime(@TempDir Path folder) throws Exception {
        operator = OperatorRelease.install(cluster, LOG_EVERYTHING);
        search.add("operator's token", operator.tokenSignature());
        search.add("nodes' password", NodeRegistries.password());
        log = new OperatorLog(folder.resolve("operator.log"));
        var statuses = folder.resolve("statuses.yaml");
        following = operator.logTo(log.file());
        watching =
                cluster.kubectlTo(statuses, "get", "recordsponge", "--watch", "--output=yaml", "--show-managed-fields");
        surfaces = new LeakSurfaces(environment, operator, leaks);
        failToStart(folder);
        start();
        failToChange();
        end();
        operator.stop();
        following.waitFor();
        watching.destroy();
        watching.waitFor();
        leaks.scan(Surface.STATUS, "every status", Files.readString(statuses), "AuthenticationFailed");
        log.entries().forEach(entry -> leaks.scan(Surface.LOG, entry.origin(), entry.text()));
    }

    /** First the password is wrong, then the API server refuses the connection Secret. */
    private void failToStart(Path folder) throws IOException {
        database = database(environment);
        database.logStatements();
        database.writeSecret(secrets.value("wrong password"));
        environment.apply("""
            tier: staging
            image: recordsponge/expungeservice:staging
            imagePullSecrets: [{name: %s}]
            host: %s
            tls: {secretName: %s}
            envFrom: [{secretRef: {name: %s}}]
            ingress: {basicAuth: [{path: /access/, secretRef: {name: %s}}]}
            """.formatted(
                                secrets.registry(),
                                environment.host(),
                                secrets.certificate(folder),
                                secrets.variables(),
                                secrets.users())
                + database.yaml());
        environment.await("DatabaseReady", "False", "AuthenticationFailed");
        surfaces.scan("with a wrong password");

        refuseSecrets();
        database.changePassword(secrets.value("first password"));
        environment.await("DatabaseReady", "False", "ApplyFailed");
        surfaces.scan("while the API server refuses the connection Secret");
    }

    private void refuseSecrets() {
        cluster.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace())
                        .withName(QUOTA)
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("secrets", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
    }

    private void permitSecrets() {
        environment.child(ResourceQuota.class, QUOTA).delete();
    }

    private void start() throws IOException {
        permitSecrets();
        environment.awaitReady();
        search.add("session signing key", environment.secretValue(key, "SECRET_KEY"));
        eventually(
                () -> assertThat(environment.site().get("/api/db", "--insecure").status())
                        .isEqualTo(200));
        assertThatSecretsAreFoundWhereTheyBelong();
        surfaces.scan("while running");
    }

    /** Proves that the search finds the values in use. */
    private void assertThatSecretsAreFoundWhereTheyBelong() throws IOException {
        var application = NodeProcess.of(environment.pods().getFirst(), "uwsgi");
        assertThat(search.in(application.environment()))
                .containsExactlyInAnyOrder(
                        "first password in plain", "session signing key in plain", "variable of envFrom in plain");
        assertThat(search.in(cluster.kubectl("get", "secrets", "--output=yaml")))
                .containsExactlyInAnyOrder(
                        "first password in base64",
                        "private key of the certificate in base64",
                        "registry's password in base64",
                        "session signing key in base64",
                        "user's password hash in base64",
                        "variable of envFrom in base64");
        assertThat(search.in(
                        cluster.kubectl("get", "secrets", "--namespace", cluster.operatorNamespace(), "--output=yaml")))
                .contains("nodes' password in base64");
    }

    /** The API server refuses a Secret with a new password, then the environment is suspended. */
    private void failToChange() throws IOException {
        refuseSecrets();
        database.changePassword(secrets.value("second password"));
        environment.await("DatabaseReady", "False", "ApplyFailed");
        surfaces.scan("while the API server refuses the new password");
        permitSecrets();
        eventually(() -> assertThat(environment.secretValue(environment.connection(), "PGPASSWORD"))
                .isEqualTo(database.password()));
        environment.awaitReady();
        environment.patch("{\"suspend\": true}");
        environment.await("Ready", "False", "Suspended");
        surfaces.scan("while suspended");
        environment.patch("{\"suspend\": false}");
        environment.awaitReady();
        surfaces.scan("after resuming");
    }

    private void end() throws IOException {
        environment.resource().delete();
        eventually(() -> assertThat(ChildObjects.all(environment)).containsExactly("Secret/" + key));
        surfaces.scan("after deletion");
    }

    @AfterAll
    void removeTheOperator() {
        Stream.of(following, watching).filter(Objects::nonNull).forEach(Process::destroy);
        if (operator != null) {
            operator.remove();
        }
        cluster.removeNamespaces();
    }

    @Override
    String printable(String text) {
        return search.redacted(text);
    }

    @Test
    void operatorLogsNoSecretAtTraceLevel() {
        assertThat(log.isComplete()).as("log is complete").isTrue();
        assertThat(log.entries())
                .extracting(OperatorLog.Entry::origin)
                .as("what the SDK logs at TRACE")
                .contains("TRACE io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource");
        leaks.assertNoLeaks(Surface.LOG);
    }

    @Test
    void noOtherObjectOrEventContainsASecret() {
        leaks.assertNoLeaks(Surface.STATUS, Surface.OBJECTS, Surface.EVENTS);
    }

    @Test
    void metricsAndHealthContainNoSecret() {
        leaks.assertNoLeaks(Surface.HTTP);
    }

    @Test
    void noProcessExposesASecret() {
        leaks.assertNoLeaks(Surface.PROCESSES);
    }

    @Test
    void clusterAndDatabaseServerLogNoSecret() {
        leaks.assertNoLeaks(Surface.CLUSTER_LOGS, Surface.DATABASE);
    }
}
