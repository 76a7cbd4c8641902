package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final String POD = "operator-pod";

    private final ControlPlane plane = ControlPlane.get();
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "start", ".log");

    StartTest() throws IOException {}

    @ParameterizedTest(name = "{1}")
    @CsvSource({"429, TooManyRequests", "404, NotFound", "403, Forbidden"})
    @DisplayName("The operator waits until the API server serves environments, and says so")
    void theOperatorWaitsForTheApiServer(int code, String reason) throws IOException {
        var starting = new AtomicBoolean(true);
        var site = PlainSite.create(plane, "starting-" + code);
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> starting.get() && request.path().endsWith("/recordspongeenvironments")
                                ? refuse(code, reason)
                                : new FaultAction.Pass());
                var operator = start(proxy, site.namespace())) {
            await().untilAsserted(() -> assertThat(operator.readiness()).contains("refused by the test's proxy"));
            assertThat(operator.ready()).isFalse();
            assertThat(events("WaitingForApiServer")).isNotEmpty();

            starting.set(false);
            site.awaitServed(log);
            await().until(operator::ready);
        }
    }

    @Test
    @DisplayName("A namespace that was deleted with its Role is reported, and the others are served")
    void aDeletedNamespaceDoesNotStopTheOthers() throws IOException {
        var deleted = new AtomicBoolean(true);
        var kept = PlainSite.create(plane, "kept");
        var returning = PlainSite.create(plane, "returning");
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> deleted.get()
                                        && request.namespace()
                                                .filter(returning.namespace()::equals)
                                                .isPresent()
                                ? refuse(403, "Forbidden")
                                : new FaultAction.Pass());
                var operator = start(proxy, kept.namespace() + "," + returning.namespace())) {
            kept.awaitServed(log);
            await().until(operator::ready);
            await().untilAsserted(() -> assertThat(operator.metrics())
                    .contains("recordsponge_namespace_served{namespace=\"kept\"} 1.0")
                    .contains("recordsponge_namespace_served{namespace=\"returning\"} 0.0"));
            assertThat(events("NamespaceRefused"))
                    .anySatisfy(message -> assertThat(message).contains("does not serve namespace returning"));
            assertThat(Files.readString(log)).contains("does not serve namespace returning");

            deleted.set(false);
            returning.awaitServed(log);
            await().untilAsserted(() -> assertThat(operator.metrics())
                    .contains("recordsponge_namespace_served{namespace=\"returning\"} 1.0"));
        }
    }

    @Test
    @DisplayName("An operator whose leader election has ended is restarted")
    void anEndedElectionIsNoticed() throws IOException {
        var lease = plane.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorResource.RELEASE_NAMESPACE)
                        .withName(OperatorResource.RELEASE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("somebody")
                        .endSpec()
                        .build());
        lease.delete();
        lease.create();
        var site = PlainSite.create(plane, "electing");
        try (var proxy = new FaultProxy(plane.operatorAccess(), _ -> new FaultAction.Pass());
                var operator = start(proxy, site.namespace())) {
            await().untilAsserted(() -> assertThat(Files.readString(log)).contains("Exception during leader election"));
            await().untilAsserted(() -> {
                assertThat(operator.live()).isFalse();
                assertThat(Files.readString(log))
                        .contains("it has not asked for its Lease recordsponge-operator since");
            });
        } finally {
            lease.delete();
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
                        POD,
                        "RECORDSPONGE_STUCK_AFTER",
                        "PT10S"),
                log);
    }

    private static FaultAction refuse(int code, String reason) {
        return new FaultAction.Refuse(code, reason, false);
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
