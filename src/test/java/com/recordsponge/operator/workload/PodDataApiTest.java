package com.recordsponge.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Rollouts;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.FakeRegistryClient;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.TestControllers;
import com.recordsponge.operator.support.TestKubelet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever changes, every pod that can run finds exactly what it was made for; with the real Deployment controller. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class PodDataApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:%s
      host: pods.example.org
      envFrom: [{configMapRef: {name: settings}}]
      """;

    private static final String DATABASE = """
      database: {host: 10.42.0.1, name: pods, credentialsSecretRef: {name: credentials}}
      """;

    private static TestControllers controllers;

    private TestKubelet kubelet;

    @BeforeAll
    static void startControllers() throws IOException {
        controllers = new TestControllers(SERVER, "deployment-controller", "replicaset-controller");
    }

    @AfterAll
    static void stopControllers() {
        controllers.close();
    }

    @BeforeEach
    void runASite() {
        kubelet = new TestKubelet(client(), namespace);
        credentials("credentials", "first");
        secret("other-credentials", Map.of("username", "other", "password", "other"));
        secret("db-ca", Map.of("ca.crt", "PEM"));
        setting("on");
        apply("site", SPEC.formatted("good") + DATABASE);
        awaitRollout();
    }

    @AfterEach
    void stopKubelet() {
        kubelet.close();
    }

    static Stream<Arguments> databaseChanges() {
        return Stream.of(
                        "",
                        DATABASE.replace("10.42.0.1", "10.42.0.2"),
                        DATABASE.replace("host: 10.42.0.1", "host: 10.42.0.1, port: 5433"),
                        DATABASE.replace("10.42.0.1", "db.example.org"),
                        DATABASE.replace("name: credentials", "name: other-credentials"),
                        DATABASE.replace("host: 10.42.0.1", "host: 10.42.0.1, sslMode: require"),
                        DATABASE.replace(
                                "host: 10.42.0.1",
                                "host: 10.42.0.1, sslMode: verify-full, caSecretRef: {name: db-ca, key: ca.crt}"))
                .flatMap(database -> Stream.of(Arguments.of(database, "good"), Arguments.of(database, "bad")));
    }

    @ParameterizedTest
    @MethodSource("databaseChanges")
    void podsKeepTheirConnection(String database, String tag) {
        var before = data();
        apply("site", SPEC.formatted(tag) + database);
        eventually(() -> assertThat(template("site").getSpec())
                .isNotEqualTo(pods().getFirst().getSpec()));
        eventually(
                () -> assertThat(podData(template("site").getSpec()).keySet()).isNotEqualTo(before.keySet()));
        replaceAPod();
        assertPodsFindTheirData(before);
        if (tag.equals("bad")) {
            replaceAPod();
            assertPodsFindTheirData(before);
            apply("site", SPEC.formatted("good") + DATABASE);
        }
        awaitRollout();
        assertOnlyTheTemplatesVersionsRemain();
    }

    /** The API server of this test has no IPv6 and refuses the new Service. */
    @Test
    void podsKeepAnAddressOfAnotherFamily() {
        var before = data();
        apply("site", SPEC.formatted("good") + DATABASE.replace("10.42.0.1", "'fd00::10'"));
        awaitCondition("site", "DatabaseReady", "False", "ApplyFailed");
        replaceAPod();
        assertPodsFindTheirData(before);
        apply("site", SPEC.formatted("good") + DATABASE);
        awaitRollout();
        assertOnlyTheTemplatesVersionsRemain();
    }

    @Test
    void podsReadTheContentThatTheyWereMadeFor() {
        var before = data();
        setting("off");
        apply("site", SPEC.formatted("bad") + DATABASE);
        eventually(() -> assertThat(values(podData(template("site").getSpec()))).contains("off"));
        setting("more");
        eventually(() -> assertThat(values(podData(template("site").getSpec()))).contains("more"));
        replaceAPod();
        assertPodsFindTheirData(before);
        apply("site", SPEC.formatted("good") + DATABASE);
        awaitRollout();
        assertThat(values(data())).contains("more").doesNotContain("on", "off");
        assertOnlyTheTemplatesVersionsRemain();
    }

    @Test
    void aDeletedSourceHoldsNothingBack() {
        admit("site");
        awaitCondition("site", "Ready", "True", "Running");
        child(ConfigMap.class, "settings").delete();
        child(Secret.class, "credentials").delete();
        awaitCondition("site", "WorkloadAvailable", "False", "ConfigMapNotFound");
        awaitCondition("site", "DatabaseReady", "False", "SecretNotFound");
        awaitCondition("site", "Ready", "True", "Running");
        apply("site", SPEC.formatted("better") + DATABASE + "replicas: 2\n");
        eventually(() -> assertThat(pods()).hasSize(2).allSatisfy(pod -> {
            assertThat(pod.getSpec().getContainers().getFirst().getImage())
                    .endsWith(FakeRegistryClient.digest("recordsponge/expungeservice:better"));
            assertThat(values(podData(pod.getSpec()))).contains("on", "first");
        }));
        awaitRollout();
        awaitCondition("site", "Ready", "True", "Running");

        setting("off");
        credentials("credentials", "second");
        eventually(() -> assertThat(values(podData(template("site").getSpec()))).contains("off", "second"));
        awaitRollout();
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        assertOnlyTheTemplatesVersionsRemain();
    }

    @Test
    void aDeletedSessionKeyIsRestored() {
        var key = child(Secret.class, "site-session-key").get().getData();
        var before = template("site");
        child(Secret.class, "site-session-key").delete();
        eventually(() -> assertThat(child(Secret.class, "site-session-key").get())
                .isNotNull()
                .satisfies(secret -> assertThat(secret.getData()).isEqualTo(key)));
        assertThat(template("site")).isEqualTo(before);
    }

    /** Deletes one of the pods of the old template, and waits for the next. */
    private void replaceAPod() {
        var old = oldestPod();
        client().resource(old).withGracePeriod(0).delete();
        eventually(() -> assertThat(pods()).isNotEmpty().noneMatch(pod -> pod.getMetadata()
                .getUid()
                .equals(old.getMetadata().getUid())));
    }

    private Pod oldestPod() {
        return pods().stream()
                .filter(pod -> !TestKubelet.cannotPull(pod))
                .findFirst()
                .orElseGet(() -> pods().getFirst());
    }

    /** Every Secret that a pod names exists with the data that it had, and so does the server that it connects to. */
    private void assertPodsFindTheirData(Map<String, Map<String, String>> before) {
        eventually(() -> assertThat(pods()).isNotEmpty().allSatisfy(pod -> podData(pod.getSpec())
                .forEach((name, data) -> {
                    assertThat(data).as(name).isNotEmpty().isEqualTo(before.getOrDefault(name, data));
                    assertServerExists(data);
                })));
    }

    private void assertServerExists(Map<String, String> data) {
        var host = decoded(data.getOrDefault("PGHOST", ""));
        if (!host.endsWith(".svc")) {
            return;
        }
        var name = host.substring(0, host.indexOf('.'));
        var port = Integer.valueOf(decoded(data.get("PGPORT")));
        assertThat(child(Service.class, name).get()).isNotNull().satisfies(service -> assertThat(
                        service.getSpec().getPorts().getFirst().getPort())
                .isEqualTo(port));
        assertThat(child(EndpointSlice.class, name).get()).isNotNull().satisfies(slice -> assertThat(
                        slice.getPorts().getFirst().getPort())
                .isEqualTo(port));
    }

    private void awaitRollout() {
        eventually(() -> assertThat(child(Deployment.class, "site").get())
                .isNotNull()
                .satisfies(deployment ->
                        assertThat(Rollouts.isComplete(deployment)).isTrue()));
        eventually(() -> assertThat(pods()).allMatch(pod -> podData(pod.getSpec())
                .keySet()
                .equals(podData(template("site").getSpec()).keySet())));
    }

    private void assertOnlyTheTemplatesVersionsRemain() {
        eventually(() -> {
            var data = data();
            assertThat(Stream.of("-copy", "-database")
                            .flatMap(suffix -> uniqueNames(Secret.class, "site", suffix).stream()))
                    .containsExactlyInAnyOrderElementsOf(data.keySet());
            var servers = data.values().stream()
                    .map(values -> decoded(values.getOrDefault("PGHOST", "")))
                    .filter(host -> host.endsWith(".svc"))
                    .map(host -> host.substring(0, host.indexOf('.')))
                    .toList();
            assertThat(uniqueNames(Service.class, "site", "-db")).containsExactlyInAnyOrderElementsOf(servers);
            assertThat(uniqueNames(EndpointSlice.class, "site", "-db")).containsExactlyInAnyOrderElementsOf(servers);
        });
    }

    private List<Pod> pods() {
        return client().pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** What the pods read, by Secret. */
    private Map<String, Map<String, String>> data() {
        var data = new HashMap<String, Map<String, String>>();
        pods().forEach(pod -> data.putAll(podData(pod.getSpec())));
        return data;
    }

    private static List<String> values(Map<String, Map<String, String>> data) {
        return data.values().stream()
                .flatMap(values -> values.values().stream())
                .map(PodDataApiTest::decoded)
                .toList();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64));
    }

    private void setting(String value) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("settings")
                        .endMetadata()
                        .addToData("FEATURE", value)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }
}
