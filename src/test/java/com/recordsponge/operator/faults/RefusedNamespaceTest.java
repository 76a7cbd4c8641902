package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A namespace that is refused while the operator runs takes nothing from the environments of the others. */
@Tag("faults")
class RefusedNamespaceTest {

    /** Shorter than the operator's patience with a request. */
    private static final Duration RECONCILIATION = Duration.ofSeconds(4);

    private final ControlPlane plane = ControlPlane.get();
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "refused", ".log");
    private final AtomicBoolean refused = new AtomicBoolean();

    RefusedNamespaceTest() throws IOException {}

    @Test
    @DisplayName("A namespace that is refused is reported, and the others are served")
    void aRefusedNamespaceStopsNoOther() throws IOException {
        var staying = PlainSite.create(plane, "staying");
        var leaving = PlainSite.create(plane, "leaving");
        var questions = new AtomicInteger();
        try (var proxy = new FaultProxy(plane.operatorAccess(), request -> {
                    questions.addAndGet(isIn("staying", request) && isAccessCheck(request) ? 1 : 0);
                    return refused.get() && isIn("leaving", request) ? refusal() : new FaultAction.Pass();
                });
                var operator = start(proxy, staying, leaving)) {
            staying.awaitServed(log);
            leaving.awaitServed(log);
            refuse(proxy);

            awaitServed(operator, leaving, false);
            staying.deployment().delete();
            staying.awaitServed(log);
            assertThat(operator.alive()).isTrue();
            assertThat(questions)
                    .as("questions about a namespace that was never refused")
                    .hasValue(1);
        }
    }

    @Test
    @DisplayName("A recheck that is due in a refused namespace ends no rechecks in the others")
    void aRecheckInARefusedNamespaceEndsNoOther() throws IOException {
        var blind = new AtomicBoolean();
        var statuses = new AtomicInteger();
        try (var database = new RefusingServer();
                var proxy = new FaultProxy(plane.operatorAccess(), request -> {
                    if (!isIn("vanishing", request) || request.writes()) {
                        statuses.addAndGet(isStatusOf("vanishing", request) ? 1 : 0);
                        return new FaultAction.Pass();
                    }
                    return refused.get() || blind.get() && readsEnvironments(request)
                            ? refusal()
                            : new FaultAction.Pass();
                })) {
            var staying = PlainSite.create(plane, "rechecking", database.spec());
            var leaving = PlainSite.create(plane, "vanishing", database.spec());
            credentials(staying);
            try (var operator = start(proxy, staying, leaving)) {
                await().until(() -> database.logins() > 0 && statuses.get() > 0);

                blind.set(true);
                proxy.disconnect();
                var before = statuses.get();
                credentials(leaving);
                await("a status that no watch reports").until(() -> statuses.get() > before);
                refuse(proxy);
                awaitServed(operator, leaving, false);

                var logins = database.logins();
                await("logins; operator's log " + log).until(() -> database.logins() > logins + 10);
                assertThat(operator.live()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("The hosts of a refused namespace do not pass to another at once")
    void theHostsOfARefusedNamespaceStay() throws IOException {
        var owner = PlainSite.create(plane, "owner");
        var rival = PlainSite.create(plane, "rival");
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> refused.get() && isIn("owner", request) ? refusal() : new FaultAction.Pass());
                var operator = start(proxy, owner, rival)) {
            owner.awaitServed(log);
            rival.awaitServed(log);
            refuse(proxy);
            awaitServed(operator, owner, false);

            rival.patch("spec: {replicas: 2, host: %s}".formatted(owner.host()));
            await().until(() -> rival.deployment().get().getSpec().getReplicas() == 2);
            await().untilAsserted(() -> assertThat(rival.waitingHosts())
                    .as("operator's log %s", log)
                    .containsExactly(owner.host()));
            assertThat(rival.hosts()).doesNotContain(owner.host());
        }
    }

    @Test
    @DisplayName("Environments whose reconciliations wait or end while a namespace returns are reconciled")
    void reconciliationsGoOnWhileANamespaceReturns() throws IOException {
        refused.set(true);
        var returning = PlainSite.create(plane, "returning-slowly");
        var first = PlainSite.create(plane, "crowded");
        try (var proxy = new FaultProxy(plane.operatorAccess(), request -> {
                    if (isIn("crowded", request)) {
                        return request.summary().startsWith("PATCH deployments/")
                                ? new FaultAction.Delay(RECONCILIATION)
                                : new FaultAction.Pass();
                    }
                    if (refused.get() && isIn("returning-slowly", request)) {
                        return refusal();
                    }
                    return isIn("returning-slowly", request) && readsEnvironments(request)
                            ? new FaultAction.Delay(RECONCILIATION.multipliedBy(2))
                            : new FaultAction.Pass();
                });
                var operator = start(proxy, returning, first)) {
            first.awaitServed(log);
            refused.set(false);
            var others = IntStream.range(0, 48)
                    .mapToObj(number -> first.beside("site-" + number))
                    .toList();
            awaitServed(operator, returning, true);
            assertThat(others)
                    .as("environments that wait")
                    .anyMatch(site -> site.deployment().get() == null);

            others.forEach(site -> site.awaitServed(log));
            returning.awaitServed(log);
        }
    }

    private OperatorProcess start(FaultProxy proxy, PlainSite... sites) throws IOException {
        var namespaces =
                String.join(",", Arrays.stream(sites).map(PlainSite::namespace).toList());
        return OperatorProcess.start(
                proxy.access(), namespaces, FreePort.find(), Map.of("RECORDSPONGE_DATABASE_RETRY", "PT0.5S"), log);
    }

    private void refuse(FaultProxy proxy) {
        refused.set(true);
        proxy.disconnect();
    }

    private static FaultAction refusal() {
        return new FaultAction.Refuse(403, "Forbidden", false);
    }

    private static boolean isIn(String namespace, ApiRequest request) {
        return request.namespace().filter(namespace::equals).isPresent();
    }

    private static boolean isStatusOf(String namespace, ApiRequest request) {
        return isIn(namespace, request) && request.writes() && request.path().endsWith("/status");
    }

    private static boolean readsEnvironments(ApiRequest request) {
        return request.path().endsWith("/recordspongeenvironments") && !isAccessCheck(request);
    }

    /** The operator's question whether it may list a namespace. */
    private static boolean isAccessCheck(ApiRequest request) {
        return request.query() != null && request.query().contains("limit=1");
    }

    private static void awaitServed(OperatorProcess operator, PlainSite site, boolean served) {
        await().untilAsserted(() -> assertThat(operator.metrics())
                .contains("recordsponge_namespace_served{namespace=\"%s\"} %s"
                        .formatted(site.namespace(), served ? "1.0" : "0.0")));
    }

    private void credentials(PlainSite site) {
        plane.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(site.namespace())
                        .withName(RefusingServer.CREDENTIALS)
                        .endMetadata()
                        .withStringData(Map.of("username", "site", "password", "secret"))
                        .build())
                .create();
    }
}
