package com.recordsponge.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kills the operator before and after each write that it makes in the life of an environment, and starts it again. */
@Tag("cluster")
class CrashTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final CrashGate gate = new CrashGate();
    private final List<String> failures = new ArrayList<>();

    private int tried;
    private int passed;
    private int unreached;

    @Test
    void anOperatorThatIsKilledAtAnyWriteGoesOnToTheSameEnd() throws IOException {
        try (var plane = new ControlPlane();
                var keys = new KeyWatch(plane.client())) {
            var undisturbed = Undisturbed.live(plane);
            var lives = lives(plane, undisturbed);
            try (var operator = new Operator(plane, gate, Map.of())) {
                for (var phase : Phase.values()) {
                    crash(plane, operator, phase, lives, undisturbed);
                }
            }
            System.out.printf("Crash points: tried %d, passed %d, not reached %d%n", tried, passed, unreached);
            assertThat(keys.changed()).as("generated keys that were replaced").isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    private static Map<FullEnvironment, Map<Phase, CrashPoint>> lives(ControlPlane plane, Undisturbed undisturbed) {
        var lives = new LinkedHashMap<FullEnvironment, Map<Phase, CrashPoint>>();
        var points = new HashMap<Phase, List<CrashPoint>>();
        undisturbed
                .writes()
                .forEach((phase, writes) -> points.put(
                        phase,
                        writes.stream()
                                .flatMap(write -> Stream.of(new CrashPoint(write, false), new CrashPoint(write, true)))
                                .toList()));
        var count = points.values().stream().mapToInt(List::size).max().orElseThrow();
        for (var number = 0; number < count; number++) {
            var own = new HashMap<Phase, CrashPoint>();
            for (var phase : Phase.values()) {
                if (number < points.get(phase).size()) {
                    own.put(phase, points.get(phase).get(number));
                }
            }
            lives.put(plane.environment("crash-" + number), own);
        }
        return lives;
    }

    private void crash(
            ControlPlane plane,
            Operator operator,
            Phase phase,
            Map<FullEnvironment, Map<Phase, CrashPoint>> lives,
            Undisturbed undisturbed)
            throws IOException {
        var end = undisturbed.ends().get(phase);
        lives.forEach((life, points) -> gate.arm(life.namespace(), points.get(phase)));
        phase.begin(plane, lives.keySet());
        awaitAll(plane, lives.keySet(), end, life -> gate.reached(life.namespace()));
        var reached = new HashSet<FullEnvironment>();
        lives.keySet().stream().filter(life -> gate.reached(life.namespace())).forEach(reached::add);
        operator.kill();
        gate.open();
        operator.start();
        var others = awaitAll(plane, lives.keySet(), end, _ -> false);
        lives.forEach((life, points) -> {
            var point = points.get(phase);
            var difference = others.get(life);
            if (point != null) {
                tried++;
                if (!reached.contains(life)) {
                    unreached++;
                    System.out.println("not reached: " + phase + " " + point);
                } else if (difference == null) {
                    passed++;
                }
            }
            if (difference != null) {
                failures.add(phase + " " + point + ":\n" + String.join("\n", difference));
            }
        });
    }

    /** Returns how those differ that have not got there. */
    private static Map<FullEnvironment, List<String>> awaitAll(
            ControlPlane plane,
            Set<FullEnvironment> environments,
            EndState end,
            java.util.function.Predicate<FullEnvironment> done) {
        var missing = new HashMap<FullEnvironment, List<String>>();
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(300)).until(() -> {
                missing.clear();
                var states = EndState.of(plane.client(), environments);
                environments.stream().filter(done.negate()).forEach(environment -> {
                    var differences = end.differences(states.get(environment.namespace()));
                    if (!differences.isEmpty()) {
                        missing.put(environment, differences);
                    }
                });
                return missing.isEmpty();
            });
        } catch (ConditionTimeoutException _) {
            // What is missing tells why.
        }
        System.out.println("waited, missing " + missing.size());
        return missing;
    }
}
