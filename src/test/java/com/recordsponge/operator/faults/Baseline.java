package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** What the faults tests compare with: environments whose operator runs without faults. */
final class Baseline {

    private static final int ENVIRONMENTS = 3;
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final ControlPlane plane;
    private final CrashGate gate = new CrashGate();
    private final Map<Phase, Set<String>> writes = new EnumMap<>(Phase.class);
    private final Map<Phase, EndState> endStates = new EnumMap<>(Phase.class);

    /** Runs a few environments through all phases. */
    Baseline(ControlPlane plane) throws IOException {
        this.plane = plane;
        var environments = IntStream.range(0, ENVIRONMENTS)
                .mapToObj(number -> plane.environment("baseline-" + number))
                .toList();
        try (var _ = new Operator(plane, gate, Map.of())) {
            for (var phase : Phase.values()) {
                run(phase, environments);
            }
        }
    }

    private void run(Phase phase, List<FullEnvironment> environments) throws IOException {
        environments.forEach(environment -> gate.arm(environment.namespace(), Optional.empty()));
        var secrets = environments.stream()
                .collect(Collectors.toMap(environment -> environment, FullEnvironment::podSecrets));
        phase.begin(plane, environments);
        await().untilAsserted(() -> assertThat(environments)
                .allSatisfy(environment -> assertThat(environment.hasCompleted(phase, secrets.get(environment)))
                        .as("%s has completed %s: %s", environment.namespace(), phase, environment.status())
                        .isTrue()));
        await().alias("no write for " + QUIET + " after " + phase).until(() -> gate.quietFor(QUIET));
        await().untilAsserted(() -> endStates.put(phase, commonEndState(phase, environments)));
        writes.put(
                phase,
                environments.stream()
                        .flatMap(environment -> gate.writes(environment.namespace()).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The state that all environments end in; if they differ, {@link EndState} compares too much. */
    private EndState commonEndState(Phase phase, List<FullEnvironment> environments) {
        var states = EndState.of(plane.client(), environments);
        var first = states.get(environments.getFirst().namespace());
        assertThat(first.hasNoChildren()).isEqualTo(phase == Phase.DELETE);
        assertThat(environments)
                .allSatisfy(environment -> assertThat(first.differences(states.get(environment.namespace())))
                        .as("differences between environments without faults, after %s", phase)
                        .isEmpty());
        return first;
    }

    /** All writes of the operator by phase, including those that depend on timing. */
    Map<Phase, Set<String>> writes() {
        return writes;
    }

    /**
     * Waits until environments reach the end state of a phase.
     *
     * @param environments called at each poll
     * @return the differences of the environments that did not reach it in time
     */
    Map<FullEnvironment, List<String>> awaitEndState(
            Phase phase, Duration timeout, Supplier<Collection<FullEnvironment>> environments) {
        var diverging = new HashMap<FullEnvironment, List<String>>();
        try {
            await().atMost(timeout).pollInterval(Duration.ofMillis(200)).until(() -> {
                diverging.clear();
                diverging.putAll(diverging(phase, environments.get()));
                return diverging.isEmpty();
            });
        } catch (ConditionTimeoutException _) {
            // The caller reports the differences.
        }
        return diverging;
    }

    private Map<FullEnvironment, List<String>> diverging(Phase phase, Collection<FullEnvironment> environments) {
        var states = EndState.of(plane.client(), environments);
        var diverging = new HashMap<FullEnvironment, List<String>>();
        for (var environment : environments) {
            var differences = endStates.get(phase).differences(states.get(environment.namespace()));
            if (!differences.isEmpty()) {
                diverging.put(environment, differences);
            }
        }
        return diverging;
    }

    /** Counts an environment's Events that the baseline has not, or not as often, by the end of a phase. */
    long extraEvents(Phase phase, FullEnvironment environment) {
        var expected = writes.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(phase) <= 0)
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.groupingBy(CrashGate::unnumbered, Collectors.counting()));
        return environment.events().entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - expected.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }
}
