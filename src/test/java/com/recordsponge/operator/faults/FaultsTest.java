package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.Reason;
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

/** The operator before an API server that does not do its best. */
@Tag("faults")
class FaultsTest {

    /** Decides what happens; to be given again as {@code -Dfaults.seed}. */
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    private static final int ENVIRONMENTS = 10;
    private static final int CHANGES = 10;
    private static final Duration DISTURBED = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The client's own retries would hide nearly every fault from the operator. */
    private static final Map<String, String> NO_RETRIES = Map.of("KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT", "0");

    private final ControlPlane plane = ControlPlane.get();
    private final Baseline undisturbed = plane.undisturbed();

    /** Waits for the lives to compare with, before there is another operator. */
    FaultsTest() throws IOException {}

    @Test
    void environmentsGetToTheSameEndOnceAnUnreliableApiServerIsWellAgain() throws IOException {
        var faults = new RandomFaults(SEED);
        var environments = IntStream.range(0, ENVIRONMENTS)
                .mapToObj(number -> plane.environment("faults-" + number))
                .toList();
        try (var operator = new Operator(plane, faults, NO_RETRIES)) {
            for (var phase : Phase.values()) {
                faults.begin();
                operator.disconnect();
                phase.begin(plane, environments);
                undisturbed.awaitEnd(phase, DISTURBED, () -> environments);
                faults.end();

                assertThat(undisturbed.awaitEnd(phase, LONGEST, () -> environments))
                        .as("astray after %s, seed %d, operator's log %s", phase, SEED, operator.log())
                        .isEmpty();
                assertThat(operator.alive()).isTrue();
            }
        }
        System.out.printf("Faults of seed %d: %s%n", SEED, faults);
    }

    /** The client then tries again by itself; and nobody is told to delete a key or a volume that is the environment's. */
    @Test
    void whatWasMadeByARequestThatSeemedToFailIsNotTakenForSomebodyElses() throws IOException {
        var created = new HashSet<String>();
        FaultProxy.Policy seemingFailure = request -> request.method().equals("PATCH") && created.add(request.summary())
                ? new FaultAction.Refuse(504, "Timeout", true)
                : new FaultAction.Pass();
        var environment = plane.environment("seeming-failure");
        try (var _ = new Operator(plane, seemingFailure, Map.of())) {
            Phase.CREATE.begin(plane, List.of(environment));

            assertThat(undisturbed.awaitEnd(Phase.CREATE, LONGEST, () -> List.of(environment)))
                    .isEmpty();
            assertThat(environment.events().keySet())
                    .isNotEmpty()
                    .noneMatch(event -> event.contains(Reason.CONFLICTING_OBJECT.toString()));
            environment.delete(DeletionPropagation.BACKGROUND);
        }
    }

    @Test
    void nothingIsMissedThoughNoWatchLastsASecond() throws IOException {
        var random = new Random(SEED);
        FaultProxy.Policy shortWatches = request -> request.watches()
                ? new FaultAction.Drop(Duration.ofMillis(1 + random.nextInt(1000)))
                : new FaultAction.Pass();
        var environment = plane.environment("short-watches");
        try (var _ = new Operator(plane, shortWatches, Map.of())) {
            Phase.CREATE.begin(plane, List.of(environment));
            assertThat(undisturbed.awaitEnd(Phase.CREATE, LONGEST, () -> List.of(environment)))
                    .isEmpty();
            for (var change = 0; change < CHANGES; change++) {
                var services = plane.client().services().inNamespace(environment.namespace());
                services.withName(FullEnvironment.NAME).delete();
                var digest = environment.configDigest();
                environment.setting("change " + change);

                await().atMost(LONGEST).untilAsserted(() -> {
                    assertThat(services.withName(FullEnvironment.NAME).get()).isNotNull();
                    assertThat(environment.configDigest()).isNotEqualTo(digest);
                });
            }
            environment.delete(DeletionPropagation.BACKGROUND);
        }
    }
}
