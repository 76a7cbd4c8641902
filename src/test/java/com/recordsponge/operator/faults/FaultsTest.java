package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.UniqueName;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator with an unreliable API server. */
@Tag("faults")
class FaultsTest {

    /** Determines the faults; {@code -Dfaults.seed} repeats them. */
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    private static final int ENVIRONMENTS = 10;
    private static final int CHANGES = 10;
    private static final Duration WITH_FAULTS = Duration.ofSeconds(8);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** With its own retries, the client would hide nearly every fault from the operator. */
    private static final Map<String, String> NO_RETRIES = Map.of("KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT", "0");

    private final ControlPlane plane = ControlPlane.get();
    private final Baseline baseline = plane.baseline();

    /** Waits for the baseline before another operator starts. */
    FaultsTest() throws IOException {}

    @Test
    void environmentsConvergeOnceTheApiServerRecovers() throws IOException {
        var faults = new RandomFaults(SEED);
        var environments = IntStream.range(0, ENVIRONMENTS)
                .mapToObj(number -> plane.environment("faults-" + number))
                .toList();
        try (var operator = new Operator(plane, faults, NO_RETRIES)) {
            for (var phase : Phase.values()) {
                faults.begin();
                operator.disconnect();
                phase.begin(plane, environments);
                baseline.awaitEndState(phase, WITH_FAULTS, () -> environments);
                faults.end();

                assertThat(baseline.awaitEndState(phase, TIMEOUT, () -> environments))
                        .as("differences after %s, seed %d, operator's log %s", phase, SEED, operator.log())
                        .isEmpty();
                assertThat(operator.alive()).isTrue();
            }
        }
        System.out.printf("Faults of seed %d: %s%n", SEED, faults);
    }

    /** The client retries automatically. The operator must not report the environment's own key or volume as foreign. */
    @Test
    void operatorRecognizesItsObjectsAfterATimeout() throws IOException {
        var created = new HashSet<String>();
        FaultProxy.Policy timeoutAfterWrite =
                request -> request.method().equals("PATCH") && created.add(request.summary())
                        ? new FaultAction.Refuse(504, "Timeout", true)
                        : new FaultAction.Pass();
        var environment = plane.environment("timeout-after-write");
        try (var _ = new Operator(plane, timeoutAfterWrite, Map.of())) {
            Phase.CREATE.begin(plane, List.of(environment));

            assertThat(baseline.awaitEndState(Phase.CREATE, TIMEOUT, () -> List.of(environment)))
                    .isEmpty();
            assertThat(environment.events().keySet())
                    .isNotEmpty()
                    .noneMatch(event -> event.contains(Reason.CONFLICTING_OBJECT.toString()));
            environment.delete(DeletionPropagation.BACKGROUND);
        }
    }

    @Test
    void operatorMissesNoChangeWhenWatchesKeepEnding() throws IOException {
        var random = new Random(SEED);
        FaultProxy.Policy shortWatches = request -> request.watches()
                ? new FaultAction.Drop(Duration.ofMillis(1 + random.nextInt(1000)))
                : new FaultAction.Pass();
        var environment = plane.environment("short-watches");
        try (var _ = new Operator(plane, shortWatches, Map.of())) {
            Phase.CREATE.begin(plane, List.of(environment));
            assertThat(baseline.awaitEndState(Phase.CREATE, TIMEOUT, () -> List.of(environment)))
                    .isEmpty();
            for (var change = 0; change < CHANGES; change++) {
                var services = plane.client().services().inNamespace(environment.namespace());
                var name = UniqueName.of(environment.namespace(), FullEnvironment.NAME, "", "");
                services.withName(name).delete();
                var secrets = environment.podSecrets();
                environment.setting("change " + change);

                await().untilAsserted(() -> {
                    assertThat(services.withName(name).get()).isNotNull();
                    assertThat(environment.podSecrets()).isNotEqualTo(secrets);
                });
            }
            environment.delete(DeletionPropagation.BACKGROUND);
        }
    }
}
