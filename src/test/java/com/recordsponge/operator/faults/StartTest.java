package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator starts although the API server does not let it watch everything. */
@Tag("faults")
class StartTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final String POD = "operator-pod";

    private final ControlPlane plane = ControlPlane.get();
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "start", ".log");

    StartTest() throws IOException {}

    @ParameterizedTest(name = "{1}")
    @CsvSource({"429, TooManyRequests", "404, NotFound", "403, Forbidden"})
    @DisplayName("The operator waits until the API server serves environments, and says so")
    void theOperatorWaitsForTheApiServer(int code, String reason) throws IOException {
        var starting = new AtomicBoolean(true);
        var namespace = environment("starting-" + code);
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> starting.get() && request.path().endsWith("/recordspongeenvironments")
                                ? refuse(code, reason)
                                : new FaultAction.Pass());
                var operator = start(proxy, namespace)) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(operator.readiness()).contains("refused by the test's proxy"));
            assertThat(operator.ready()).isFalse();
            assertThat(events("WaitingForApiServer")).isNotEmpty();

            starting.set(false);
            awaitServed(namespace);
            assertThat(operator.ready()).isTrue();
        }
    }

    @Test
    @DisplayName("A namespace that was deleted with its Role is reported, and the others are served")
    void aDeletedNamespaceDoesNotStopTheOthers() throws IOException {
        var deleted = new AtomicBoolean(true);
        var namespace = environment("kept");
        var returning = environment("returning");
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> deleted.get()
                                        && request.namespace()
                                                .filter(returning::equals)
                                                .isPresent()
                                ? refuse(403, "Forbidden")
                                : new FaultAction.Pass());
                var operator = start(proxy, namespace + "," + returning)) {
            awaitServed(namespace);
            assertThat(operator.ready()).isTrue();
            assertThat(operator.metrics())
                    .contains("recordsponge_namespace_served{namespace=\"kept\"} 1.0")
                    .contains("recordsponge_namespace_served{namespace=\"returning\"} 0.0");
            assertThat(events("NamespaceRefused"))
                    .anySatisfy(message -> assertThat(message).contains("does not serve namespace returning"));
            assertThat(Files.readString(log)).contains("does not serve namespace returning");

            deleted.set(false);
            awaitServed(returning);
            assertThat(operator.metrics()).contains("recordsponge_namespace_served{namespace=\"returning\"} 1.0");
        }
    }

    @Test
    @DisplayName("A namespace that is refused later is reported, and the operator goes on")
    void aNamespaceThatIsRefusedLaterDoesNotStopTheOthers() throws IOException {
        var deleted = new AtomicBoolean();
        var namespace = environment("staying");
        var leaving = environment("leaving");
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> deleted.get()
                                        && request.namespace()
                                                .filter(leaving::equals)
                                                .isPresent()
                                ? refuse(403, "Forbidden")
                                : new FaultAction.Pass());
                var operator = start(proxy, namespace + "," + leaving)) {
            awaitServed(namespace);
            awaitServed(leaving);
            deleted.set(true);
            proxy.disconnect();

            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(operator.metrics())
                    .contains("recordsponge_namespace_served{namespace=\"leaving\"} 0.0"));
            plane.client()
                    .resources(Deployment.class)
                    .inNamespace(namespace)
                    .withName("site")
                    .delete();
            awaitServed(namespace);
            assertThat(operator.alive()).isTrue();
        }
    }

    private OperatorProcess start(FaultProxy proxy, String namespaces) throws IOException {
        return OperatorProcess.start(
                proxy.access(),
                namespaces,
                FreePort.find(),
                Map.of(
                        "RECORDSPONGE_LEADER_ELECTION_NAMESPACE",
                        OperatorResource.RELEASE_NAMESPACE,
                        "RECORDSPONGE_LEADER_ELECTION_LEASE",
                        OperatorResource.RELEASE,
                        "RECORDSPONGE_POD_NAME",
                        POD),
                log);
    }

    private static FaultAction refuse(int code, String reason) {
        return new FaultAction.Refuse(code, reason, false);
    }

    private String environment(String namespace) {
        plane.environment(namespace);
        plane.client()
                .resource(Serialization.unmarshal("""
                    apiVersion: recordsponge.com/v1
                    kind: RecordSpongeEnvironment
                    metadata: {name: site, namespace: %1$s}
                    spec: {tier: staging, image: "recordsponge/expungeservice:staging", host: %1$s.example.org}
                    """.formatted(namespace), RecordSpongeEnvironment.class))
                .create();
        return namespace;
    }

    private void awaitServed(String namespace) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(plane.client()
                        .resources(Deployment.class)
                        .inNamespace(namespace)
                        .withName("site")
                        .get())
                .as("Deployment of %s; operator's log %s", namespace, log)
                .isNotNull());
    }

    private Iterable<String> events(String reason) {
        return plane
                .client()
                .v1()
                .events()
                .inNamespace(OperatorResource.RELEASE_NAMESPACE)
                .withField("reason", reason)
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getInvolvedObject().getName().equals(POD))
                .map(event -> event.getMessage())
                .toList();
    }
}
