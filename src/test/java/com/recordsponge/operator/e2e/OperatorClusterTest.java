package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestMethodOrder(OrderAnnotation.class)
@Isolated("it kills the operator that the other tests use")
class OperatorClusterTest extends ClusterTest {

    private static final Set<String> SECRET_KEYS =
            Set.of("password", "PGPASSWORD", "DATABASE_URL", "SECRET_KEY", "tls.key");

    private final TestEnvironment environment = environment("operator");

    @BeforeAll
    void applyTheEnvironment() {
        environment.applyStaging(database(environment).yaml());
        environment.awaitServed();
    }

    @Test
    void aRestartedOperatorDisturbsNoEnvironment() {
        var before = transitions();
        var generation = environment.deployment().getMetadata().getGeneration();
        var killed = operator();
        cluster.client().resource(killed).withGracePeriod(0).delete();

        var connection = environment.connection();
        environment.child(Secret.class, connection).delete();
        eventually(() -> {
            assertThat(operator().getMetadata().getUid())
                    .isNotEqualTo(killed.getMetadata().getUid());
            assertThat(environment.child(Secret.class, connection).get())
                    .as("recreated by the new operator")
                    .isNotNull();
        });
        environment.awaitReady();
        assertThat(transitions()).isEqualTo(before);
        assertThat(environment.deployment().getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(environment.children(ReplicaSet.class)).hasSize(1);
    }

    /** Before the grace period of its pod ends. */
    @Test
    void operatorStopsWithinSeconds() {
        var stopped = cluster.client().resource(operator());
        stopped.delete();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stopped.get()).isNull());
        eventually(() -> assertThat(operator()).isNotNull());
    }

    @Test
    void operatorExposesReconciliationMetrics() {
        assertThat(cluster.httpGet(operator(), "/q/metrics"))
                .contains("recordsponge_reconciliation_seconds_count{result=\"success\"}");
    }

    @Test
    void operatorProcessIsUnprivilegedAndReadOnly() throws IOException {
        var process = NodeProcess.of(operator(), "java");

        assertThat(process.status("Uid")).isEqualTo("65532 65532 65532 65532");
        assertThat(process.status("Gid")).isEqualTo("65532 65532 65532 65532");
        assertThat(process.status("CapEff")).matches("0+");
        assertThat(process.status("CapBnd")).matches("0+");
        assertThat(process.status("NoNewPrivs")).isEqualTo("1");
        assertThat(process.status("Seccomp")).isEqualTo("2");
        assertThat(process.mountOptions("/")).contains("ro");
    }

    @Test
    void applicationProcessIsUnprivilegedAndReadOnly() throws IOException {
        var process = NodeProcess.of(environment.pods().getFirst(), "uwsgi");

        assertThat(process.status("Uid")).isEqualTo("65534 65534 65534 65534");
        assertThat(process.status("CapEff")).matches("0+");
        assertThat(process.mountOptions("/")).contains("ro");
    }

    /** Runs first: other tests delete the pod and with it the log. */
    @Test
    @Order(1)
    void operatorLogsJsonWithoutSecrets() {
        var log = cluster.client().pods().resource(operator()).getLog();

        var json = new ObjectMapper();
        assertThat(log.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(json.readTree(line).isObject()).isTrue());
        assertThat(secretValues()).isNotEmpty().allSatisfy(value -> assertThat(log)
                .doesNotContain(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void operatorReportsHealthOverHttp(String check) {
        assertThat(cluster.httpGet(operator(), "/q/health/" + check)).contains("\"status\": \"UP\"");
    }

    private Pod operator() {
        return cluster.client().pods().inNamespace(cluster.operatorNamespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No operator is ready."));
    }

    private Map<String, String> transitions() {
        return environment.conditions().stream()
                .collect(Collectors.toMap(Condition::getType, Condition::getLastTransitionTime));
    }

    private List<String> secretValues() {
        return cluster.client().secrets().inNamespace(cluster.namespace()).list().getItems().stream()
                .flatMap(secret -> secret.getData().entrySet().stream())
                .filter(entry -> SECRET_KEYS.contains(entry.getKey()))
                .flatMap(entry -> List.of(
                        entry.getValue(),
                        new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8))
                        .stream())
                .toList();
    }
}
