package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** How environments fare whose operator nothing happens to. */
final class Baseline {

    private static final int LIVES = 3;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final ControlPlane plane;
    private final CrashGate gate = new CrashGate();
    private final Map<Phase, Set<String>> writes = new EnumMap<>(Phase.class);
    private final Map<Phase, EndState> ends = new EnumMap<>(Phase.class);

    /** Lets some live. */
    Baseline(ControlPlane plane) throws IOException {
        this.plane = plane;
        var environments = IntStream.range(0, LIVES)
                .mapToObj(number -> plane.environment("undisturbed-" + number))
                .toList();
        try (var _ = new Operator(plane, gate, Map.of())) {
            for (var phase : Phase.values()) {
                live(phase, environments);
            }
        }
    }

    private void live(Phase phase, List<FullEnvironment> environments) throws IOException {
        environments.forEach(environment -> gate.arm(environment.namespace(), Optional.empty()));
        var digests = environments.stream()
                .collect(Collectors.toMap(environment -> environment, FullEnvironment::configDigest));
        phase.begin(plane, environments);
        await().atMost(LONGEST)
                .until(() -> gate.quietFor(QUIET)
                        && environments.stream()
                                .allMatch(environment -> environment.reportsTheEndOf(phase, digests.get(environment))));
        await().atMost(LONGEST).untilAsserted(() -> ends.put(phase, commonEnd(phase, environments)));
        writes.put(
                phase,
                environments.stream()
                        .flatMap(environment -> gate.writes(environment.namespace()).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** The same for all of them, or what is compared is not what matters. */
    private EndState commonEnd(Phase phase, List<FullEnvironment> environments) {
        var states = EndState.of(plane.client(), environments);
        var first = states.get(environments.getFirst().namespace());
        assertThat(first.isWithoutChildren()).isEqualTo(phase == Phase.DELETE);
        assertThat(environments)
                .allSatisfy(environment -> assertThat(first.differences(states.get(environment.namespace())))
                        .as("ends of undisturbed lives after %s", phase)
                        .isEmpty());
        return first;
    }

    /** All that the operator writes in each phase; with what it writes only as things happen sooner or later. */
    Map<Phase, Set<String>> writes() {
        return writes;
    }

    /**
     * Waits until environments are at the end of a phase.
     *
     * @param environments asked for again and again
     * @return those that have not got there in time, and in what they differ
     */
    Map<FullEnvironment, List<String>> awaitEnd(
            Phase phase, Duration longest, Supplier<Collection<FullEnvironment>> environments) {
        var astray = new HashMap<FullEnvironment, List<String>>();
        try {
            await().atMost(longest).pollInterval(Duration.ofMillis(200)).until(() -> {
                astray.clear();
                astray.putAll(astray(phase, environments.get()));
                return astray.isEmpty();
            });
        } catch (ConditionTimeoutException _) {
            // The caller learns more than that.
        }
        return astray;
    }

    private Map<FullEnvironment, List<String>> astray(Phase phase, Collection<FullEnvironment> environments) {
        var states = EndState.of(plane.client(), environments);
        var astray = new HashMap<FullEnvironment, List<String>>();
        for (var environment : environments) {
            var differences = ends.get(phase).differences(states.get(environment.namespace()));
            if (!differences.isEmpty()) {
                astray.put(environment, differences);
            }
        }
        return astray;
    }

    /** How many Events an environment has that undisturbed ones have not, or not as often, until the end of a phase. */
    long eventsBeyond(Phase phase, FullEnvironment environment) {
        var usual = writes.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(phase) <= 0)
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.groupingBy(CrashGate::unnumbered, Collectors.counting()));
        return environment.events().entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - usual.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }
}
