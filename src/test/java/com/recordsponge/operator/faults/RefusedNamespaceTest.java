package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A namespace that is refused while the operator runs takes nothing from the environments of the others. */
@Tag("faults")
class RefusedNamespaceTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ControlPlane plane = ControlPlane.get();
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "refused", ".log");
    private final AtomicBoolean refused = new AtomicBoolean();

    RefusedNamespaceTest() throws IOException {}

    @Test
    @DisplayName("A namespace that is refused is reported, and the others are served")
    void aRefusedNamespaceStopsNoOther() throws IOException {
        var staying = PlainSite.create(plane, "staying");
        var leaving = PlainSite.create(plane, "leaving");
        try (var proxy = new FaultProxy(
                        plane.operatorAccess(),
                        request -> refused.get() && isIn("leaving", request) ? refusal() : new FaultAction.Pass());
                var operator = start(proxy, staying, leaving)) {
            staying.awaitServed(TIMEOUT, log);
            leaving.awaitServed(TIMEOUT, log);
            refuse(proxy);

            awaitServed(operator, leaving, false);
            staying.deployment().delete();
            staying.awaitServed(TIMEOUT, log);
            assertThat(operator.alive()).isTrue();
        }
    }

    private OperatorProcess start(FaultProxy proxy, PlainSite... sites) throws IOException {
        var namespaces =
                String.join(",", Arrays.stream(sites).map(PlainSite::namespace).toList());
        return OperatorProcess.start(proxy.access(), namespaces, FreePort.find(), Map.of(), log);
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

    private static void awaitServed(OperatorProcess operator, PlainSite site, boolean served) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(operator.metrics())
                .contains("recordsponge_namespace_served{namespace=\"%s\"} %s"
                        .formatted(site.namespace(), served ? "1.0" : "0.0")));
    }
}
