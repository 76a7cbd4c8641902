package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person can rely on once {@code kubectl wait --for=condition=Ready} has returned. */
class ReadyClusterTest extends ClusterTest {

    /** So many that the ingress controller is still loading some while others are ready. */
    private static final int SITES = 7;

    private static final int REQUESTS = 20;

    @Test
    void theFirstRequestsAfterReadyAreAnswered() throws Exception {
        var sites = IntStream.range(0, SITES)
                .mapToObj(index -> environment("fresh-" + index))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = sites.stream()
                    .map(site -> threads.submit(() -> firstAnswers(site)))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get()).hasSize(REQUESTS).containsOnly(200);
            }
        }
    }

    private static List<Integer> firstAnswers(TestEnvironment site) {
        site.applyStaging("");
        site.resource().waitUntilCondition(ReadyClusterTest::isReady, 3, TimeUnit.MINUTES);
        return IntStream.range(0, REQUESTS)
                .mapToObj(_ -> site.site().get("/api/hello").status())
                .toList();
    }

    private static boolean isReady(RecordSpongeEnvironment environment) {
        return environment != null
                && environment.getStatus() != null
                && Objects.equals(
                        environment.getStatus().observedGeneration(),
                        environment.getMetadata().getGeneration())
                && environment.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
