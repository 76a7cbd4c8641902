package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    void oldPodServesWhileTheNewImageCannotBePulled() {
        var oldPod = environment.pods().getFirst().getMetadata().getName();
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            environment.patch("{\"image\": \"recordsponge/expungeservice:no-such-tag\"}");
            eventually(() -> assertThat(PrinterColumns.of(environment))
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

            environment.patch("{\"image\": \"recordsponge/expungeservice:staging\"}");
            environment.awaitReady();
            probe.assertAlwaysAvailable();
        }
        assertThat(environment.site().get("/api/whoami").json().path("hostname").asText())
                .isEqualTo(oldPod);
    }

    @Test
    @Order(2)
    void aRollingUpdateLosesNoRequest() throws Exception {
        var oldPod = environment.pods().getFirst().getMetadata().getName();
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            var longResponse = environment.site().getAsync("/api/slow?seconds=90");
            environment.patch("{\"image\": \"recordsponge/expungeservice:prod\"}");
            environment.awaitReady();
            assertThat(longResponse).as("a request that outlives the rollout").isNotDone();
            eventually(() -> assertThat(environment
                            .site()
                            .get("/api/whoami")
                            .json()
                            .path("build")
                            .asText())
                    .startsWith("prod-"));
            assertThat(longResponse.get(150, TimeUnit.SECONDS).status()).isEqualTo(200);
            eventually(() -> assertThat(environment.pods())
                    .noneMatch(pod -> pod.getMetadata().getName().equals(oldPod)));
            probe.assertAlwaysAvailable();
        }
    }

    /** A search takes minutes and blocks one of the two workers. Further requests wait, but the pod stays ready. */
    @Test
    @Order(3)
    void aPodWithBusyWorkersStaysReady() {
        eventually(() -> assertThat(environment.pods()).hasSize(1));
        var searches = Stream.of(1, 2)
                .map(_ -> environment.site().getAsync("/api/slow?seconds=45"))
                .toList();
        var ready = readySince();

        assertThat(searches)
                .allSatisfy(search ->
                        assertThat(search.get(90, TimeUnit.SECONDS).status()).isEqualTo(200));
        assertThat(readySince()).isEqualTo(ready);
    }

    private String readySince() {
        return environment.pods().getFirst().getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .filter(condition -> condition.getStatus().equals("True"))
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The pod is not ready."));
    }
}
