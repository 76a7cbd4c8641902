package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dev.ReportAddresses.Address;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Supervisors are asked in the background, and only what differs triggers a reconciliation. */
class ReportChecksTest {

    private static final RecordSpongeEnvironment SITE =
            environment().development().build();

    private final List<ResourceID> triggered = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final ReportChecks checks = new ReportChecks();
    private volatile String answer = "{\"result\": \"passed\", \"passed\": 1}";
    private ServerSocket supervisor;

    @BeforeEach
    void startTheSupervisor() throws IOException {
        supervisor = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::serve);
        checks.setEventHandler((Event event) -> triggered.add(event.getRelatedCustomResourceID()));
        checks.start();
    }

    @AfterEach
    void stopTheSupervisor() throws IOException {
        checks.onResourceDeleted(SITE);
        supervisor.close();
    }

    private void serve() {
        while (!supervisor.isClosed()) {
            try (var connection = supervisor.accept()) {
                connection.getOutputStream().write(answer.getBytes(UTF_8));
                asked.incrementAndGet();
            } catch (IOException _) {
                // Closed by the test.
            }
        }
    }

    private Map<String, PartReport> latest() {
        return checks.latest(SITE, Map.of("watch-tests", new Address("127.0.0.1", supervisor.getLocalPort())));
    }

    @Test
    void aFirstReportTriggersAReconciliation() {
        assertThat(latest()).isEmpty();
        await().untilAsserted(() -> assertThat(triggered).containsExactly(new ResourceID("staging", "recordsponge")));
        assertThat(latest().get("watch-tests").passed()).isEqualTo(1);
    }

    @Test
    void onlyAReportThatDiffersTriggersAnother() {
        latest();
        await().until(() -> asked.get() > 2);
        assertThat(triggered).hasSize(1);
        answer = "{\"result\": \"failed\", \"failed\": 1}";
        await().until(() -> triggered.size() == 2);
        assertThat(latest().get("watch-tests").result()).isEqualTo("failed");
    }

    @Test
    void aSupervisorThatIsAwayKeepsItsLastReport() throws IOException {
        latest();
        await().until(() -> triggered.size() == 1);
        supervisor.close();
        assertThat(latest()).containsKey("watch-tests");
        assertThat(triggered).hasSize(1);
    }

    @Test
    void aReportThatIsNotAcceptedDoesNotEndTheQuestions() {
        checks.setEventHandler(_ -> {
            throw new IllegalStateException("refused by the test");
        });
        latest();
        await().until(() -> asked.get() > 2);
    }

    @Test
    void nobodyAsksForADeletedEnvironment() {
        latest();
        await().until(() -> asked.get() > 0);
        checks.onResourceDeleted(SITE);
        var other = environment().development().named("other").build();
        checks.latest(other, Map.of("watch-tests", new Address("127.0.0.1", supervisor.getLocalPort())));
        await().until(() -> asked.get() > 2);
        checks.onResourceDeleted(other);
        assertThat(triggered).filteredOn(id -> id.getName().equals("staging")).hasSizeLessThanOrEqualTo(1);
    }
}
