package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.MutableClock;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uses a mock server for responses that a real API server cannot be made to give. */
@EnableKubernetesMockClient
class EventsTest {

    private static final Finding FAILING = Finding.failing(Component.ROUTE, Reason.SECRET_NOT_FOUND, "create it");
    private static final Finding WARNING = Finding.warning(Component.ROUTE, Reason.SECRET_NOT_FOUND, "create it");

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void aForbiddenEventFailsNoReconciliation() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/ns/events")
                .andReturn(403, new StatusBuilder().withCode(403).build())
                .always();
        assertThatCode(() -> publish(null)).doesNotThrowAnyException();
        assertThat(server.getRequestCount()).isPositive();
    }

    @Test
    void theOperatorPublishesNoEventTwice() {
        publish(new EnvironmentStatus.Builder().build(1, List.of(condition())));
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsIsAWarning(Finding failure) throws InterruptedException {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/ns/events")
                .andReturn(201, new EventBuilder().build())
                .always();
        publish(null, failure);
        assertThat(server.takeRequest().getUtf8Body()).contains("\"type\":\"Warning\"");
    }

    @Test
    void anotherImageIsAnEvent() throws InterruptedException {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/ns/events")
                .andReturn(201, new EventBuilder().build())
                .always();
        publish(running("sha256:a"), running("sha256:a"));
        publish(running(null), running("sha256:a"));
        assertThat(server.getRequestCount()).isZero();
        publish(running("sha256:a"), running("sha256:b"));
        assertThat(server.takeRequest().getUtf8Body())
                .contains("\"type\":\"Normal\"", "app:tag: deploying sha256:b instead of sha256:a");
    }

    private static EnvironmentStatus running(String digest) {
        return new EnvironmentStatus.Builder()
                .image(new EnvironmentStatus.Image("app:tag", digest, null, null))
                .build(1, List.of());
    }

    private void publish(EnvironmentStatus before, EnvironmentStatus after) {
        new Events(client, new MutableClock(Instant.EPOCH))
                .publish(environment(before), new StatusReport(after, List.of(), Optional.empty()));
    }

    static Stream<Finding> failures() {
        return Stream.of(FAILING, WARNING);
    }

    private void publish(EnvironmentStatus before) {
        publish(before, FAILING);
    }

    private static RecordSpongeEnvironment environment(EnvironmentStatus status) {
        var environment = new RecordSpongeEnvironment();
        environment.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("site")
                .withUid("u")
                .withGeneration(1L)
                .build());
        environment.setStatus(status);
        return environment;
    }

    private void publish(EnvironmentStatus before, Finding finding) {
        var status = new EnvironmentStatus.Builder().build(1, List.of(condition()));
        new Events(client, new MutableClock(Instant.EPOCH))
                .publish(environment(before), new StatusReport(status, List.of(finding), Optional.empty()));
    }

    private static Condition condition() {
        return new ConditionBuilder()
                .withType("RouteReady")
                .withStatus("False")
                .withReason("SecretNotFound")
                .withMessage("create it")
                .build();
    }
}
