package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.Disclosures.Place;
import com.recordsponge.operator.support.SecretSearch;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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

/** An environment's whole life, failures included, with an operator that was told to log all that it can. */
class SecretsClusterTest extends ClusterTest {

    /** The second asks by name for what the HTTP client sends and receives. */
    private static final Map<String, String> LOG_EVERYTHING = Map.of(
            "QUARKUS_LOG_LEVEL",
            "TRACE",
            "JAVA_TOOL_OPTIONS",
            "-Dquarkus.log.category.\"io.fabric8.kubernetes.client.http.HttpLoggingInterceptor\".level=TRACE");

    private final SecretSearch search = new SecretSearch();
    private final Disclosures disclosures = new Disclosures(search);
    private final TestEnvironment environment = environment("secrets");
    private final TestSecrets secrets = new TestSecrets(this, environment, search);
    private final String connection = environment.name() + "-database";
    private final String key = environment.name() + "-session-key";
    private TestDatabase database;
    private OperatorRelease operator;
    private LeakSurfaces places;
    private OperatorLog log;
    private Process following;
    private Process watching;

    SecretsClusterTest() {
        super(TestCluster.get().in("secrets"));
    }

    @BeforeAll
    void liveAWholeLife(@TempDir Path folder) throws Exception {
        operator = OperatorRelease.install(cluster, LOG_EVERYTHING);
        search.add("operator's token", operator.tokenSignature());
        log = new OperatorLog(folder.resolve("operator.log"));
        var statuses = folder.resolve("statuses.yaml");
        following = operator.logTo(log.file());
        watching =
                cluster.kubectlTo(statuses, "get", "recordsponge", "--watch", "--output=yaml", "--show-managed-fields");
        places = new LeakSurfaces(environment, operator, disclosures);
        failToStart(folder);
        start();
        failToChange();
        end();
        operator.stop();
        following.waitFor();
        watching.destroy();
        watching.waitFor();
        disclosures.look(Place.STATUS, "every status", Files.readString(statuses), "AuthenticationFailed");
        log.entries().forEach(entry -> disclosures.look(Place.LOG, entry.origin(), entry.text()));
    }

    /** A wrong password; then the connection Secret's name is taken. */
    private void failToStart(Path folder) throws IOException {
        secret(connection, Map.of("owner", "somebody else"));
        database = database(environment);
        database.logStatements();
        database.credentials(secrets.value("wrong password"));
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
        places.look("with a wrong password");

        database.changePassword(secrets.value("first password"));
        environment.await("DatabaseReady", "False", "ConflictingObject");
        places.look("while another owns the connection Secret");
    }

    private void start() throws IOException {
        environment.child(Secret.class, connection).delete();
        environment.awaitReady();
        search.add("session signing key", environment.secretValue(key, "SECRET_KEY"));
        eventually(
                () -> assertThat(environment.site().get("/api/db", "--insecure").status())
                        .isEqualTo(200));
        assertThatSecretsAreFoundWhereTheyBelong();
        places.look("while it runs");
    }

    /** The search would find what it looks for, and these are the values in use. */
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
    }

    /** The API server refuses the new password; an edit by hand is undone; the environment rests. */
    private void failToChange() throws IOException {
        var secret = environment.child(Secret.class, connection);
        secret.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"immutable\": true}");
        database.changePassword(secrets.value("second password"));
        environment.await("DatabaseReady", "False", "ApplyFailed");
        places.look("while the API server refuses the new password");
        secret.delete();
        environment.awaitReady();

        var byHand = secrets.value("password by hand");
        secret.edit(
                edited -> edited.edit().addToStringData("PGPASSWORD", byHand).build());
        eventually(() ->
                assertThat(environment.secretValue(connection, "PGPASSWORD")).isEqualTo(database.password()));
        environment.patch("{\"suspend\": true}");
        environment.await("Ready", "False", "Suspended");
        places.look("while it rests");
        environment.patch("{\"suspend\": false}");
        environment.awaitReady();
        places.look("while it runs again");
    }

    private void end() throws IOException {
        environment.resource().delete();
        eventually(() -> assertThat(ChildKinds.all(environment)).containsExactly("Secret/" + key));
        places.look("after its end");
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
    void theLogHoldsNoneAtTheLevelThatTellsMost() {
        assertThat(log.whole()).as("from its first line to its last").isTrue();
        assertThat(log.entries())
                .extracting(OperatorLog.Entry::origin)
                .as("what the SDK logs at TRACE")
                .contains("TRACE io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource");
        disclosures.assertNone(Place.LOG);
    }

    @Test
    void noOtherObjectAndNoEventHoldsOne() {
        disclosures.assertNone(Place.STATUS, Place.OBJECTS, Place.EVENTS);
    }

    @Test
    void metricsAndHealthHoldNone() {
        disclosures.assertNone(Place.HTTP);
    }

    @Test
    void noProcessShowsOneToTheMachine() {
        disclosures.assertNone(Place.PROCESSES);
    }

    @Test
    void theClusterAndTheDatabaseServerLogNone() {
        disclosures.assertNone(Place.CLUSTER_LOGS, Place.DATABASE);
    }
}
