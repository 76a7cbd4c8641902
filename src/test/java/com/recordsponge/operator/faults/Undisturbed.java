package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lives of environments whose operator nothing happens to.
 *
 * @param writes of the operator, by phase, with those that only some lives had
 * @param ends how each phase ends
 * @param events by type and reason, how many a life has
 */
record Undisturbed(Map<Phase, Set<String>> writes, Map<Phase, EndState> ends, Map<String, Long> events) {

    private static final int LIVES = 3;
    private static final Duration QUIET = Duration.ofSeconds(2);

    static Undisturbed live(ControlPlane plane) throws IOException {
        var gate = new CrashGate();
        var environments = IntStream.range(0, LIVES)
                .mapToObj(number -> plane.environment("undisturbed-" + number))
                .toList();
        var writes = new EnumMap<Phase, Set<String>>(Phase.class);
        var ends = new EnumMap<Phase, EndState>(Phase.class);
        try (var _ = new Operator(plane, gate, Map.of())) {
            for (var phase : Phase.values()) {
                environments.forEach(environment -> gate.arm(environment.namespace(), null));
                phase.begin(plane, environments);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> gate.quietFor(QUIET)
                                && environments.stream().allMatch(environment -> reports(environment, phase)));
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> ends.put(phase, commonEnd(plane, environments, phase)));
                var all = new LinkedHashSet<String>();
                environments.forEach(environment -> all.addAll(gate.writes(environment.namespace())));
                writes.put(phase, all);
            }
        }
        return new Undisturbed(writes, ends, environments.getFirst().events());
    }

    /** Whether an environment says that it has nothing to do any more. */
    private static boolean reports(FullEnvironment environment, Phase phase) {
        var now = environment.resource().get();
        return switch (phase) {
            case DELETE -> now == null;
            case SUSPEND -> isTrue(now, "Suspended");
            default -> isTrue(now, "Ready");
        };
    }

    private static boolean isTrue(RecordSpongeEnvironment environment, String type) {
        return environment.getStatus().conditions() != null
                && environment.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type)
                                && condition.getStatus().equals("True")
                                && condition
                                        .getObservedGeneration()
                                        .equals(environment.getMetadata().getGeneration()));
    }

    /** The same for all of them, or what is compared is not what matters. */
    private static EndState commonEnd(ControlPlane plane, List<FullEnvironment> environments, Phase phase) {
        var states = EndState.of(plane.client(), environments);
        var first = states.get(environments.getFirst().namespace());
        assertThat(phase == Phase.DELETE).isEqualTo(first.isWithoutChildren());
        assertThat(environments)
                .allSatisfy(environment -> assertThat(first.differences(states.get(environment.namespace())))
                        .as("lives of two undisturbed environments after %s", phase)
                        .isEmpty());
        return first;
    }
}
