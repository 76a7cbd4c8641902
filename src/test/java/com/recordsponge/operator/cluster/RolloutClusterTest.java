package com.recordsponge.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(OrderAnnotation.class)
class RolloutClusterTest extends ClusterTest {

    private final TestEnvironment environment = environment("rollout");

    @BeforeAll
    void applyTheEnvironment() {
        environment.applyStaging("");
        environment.awaitServed();
    }

    @Test
    @Order(1)
    void aTagThatDoesNotExistIsNamedWhileTheOldPodGoesOnServing() {
        var oldPod = environment.pods().getFirst().getMetadata().getName();
        try (var visitor = new Visitor(environment.site(), "/api/hello")) {
            environment.patch("{\"image\": {\"tag\": \"no-such-tag\"}}");
            eventually(() -> assertThat(Columns.of(environment))
                    .containsEntry("READY", "False")
                    .containsEntry("REASON", "ImagePullBackOff"));
            assertThat(environment.condition("Stalled").orElseThrow().getStatus())
                    .isEqualTo("False");
            assertThat(environment
                            .site()
                            .get("/api/whoami")
                            .json()
                            .path("hostname")
                            .asText())
                    .isEqualTo(oldPod);

            environment.patch("{\"image\": {\"tag\": \"staging\"}}");
            environment.awaitReady();
            visitor.assertAlwaysServed();
        }
        assertThat(environment.site().get("/api/whoami").json().path("hostname").asText())
                .isEqualTo(oldPod);
    }

    @Test
    @Order(2)
    void aRollingUpdateLosesNoRequestNotEvenALongOne() throws Exception {
        var oldPod = environment.pods().getFirst().getMetadata().getName();
        try (var visitor = new Visitor(environment.site(), "/api/hello")) {
            var longAnswer = environment.site().getAsync("/api/slow?seconds=25");
            environment.patch("{\"image\": {\"tag\": \"prod\"}}");
            environment.awaitReady();
            assertThat(longAnswer).as("a request that outlives the rollout").isNotDone();
            eventually(() -> assertThat(environment
                            .site()
                            .get("/api/whoami")
                            .json()
                            .path("build")
                            .asText())
                    .startsWith("prod-"));
            assertThat(longAnswer.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            eventually(() -> assertThat(environment.pods())
                    .noneMatch(pod -> pod.getMetadata().getName().equals(oldPod)));
            visitor.assertAlwaysServed();
        }
    }
}
