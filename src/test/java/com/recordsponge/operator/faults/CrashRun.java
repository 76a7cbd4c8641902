package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs many crash scenarios at once, and compares the state that each recovers to with the baseline. */
final class CrashRun {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** The operator writes nothing on deletion: it is killed before and after the deletion itself. */
    private static final Map<String, DeletionPropagation> DELETIONS = Map.of(
            "background deletion", DeletionPropagation.BACKGROUND,
            "foreground deletion", DeletionPropagation.FOREGROUND);

    private final ControlPlane plane;
    private final Baseline baseline;
    private final CrashGate gate = new CrashGate();
    private final List<CrashPoint> tried = new ArrayList<>();
    private final List<CrashPoint> passed = new ArrayList<>();
    private final List<CrashPoint> unreached = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long extraEvents;

    CrashRun(ControlPlane plane) throws IOException {
        this.plane = plane;
        this.baseline = plane.baseline();
    }

    void execute() throws IOException {
        var points = Stream.of(Phase.values())
                .map(phase -> CrashPoint.around(
                        phase,
                        phase == Phase.DELETE
                                ? DELETIONS.keySet()
                                : baseline.writes().get(phase)))
                .toList();
        var scenarios = CrashScenario.all(plane, points);
        try (var operator = new Operator(plane, gate, Map.of())) {
            for (var phase : Phase.values()) {
                var remaining = scenarios.stream()
                        .filter(scenario -> scenario.lastPhase().compareTo(phase) >= 0)
                        .toList();
                if (phase == Phase.DELETE) {
                    crashAtDeletion(operator, remaining);
                } else {
                    crashAtWrites(operator, phase, remaining);
                }
                judge(operator, phase, remaining);
            }
        }
    }

    private void crashAtWrites(Operator operator, Phase phase, List<CrashScenario> scenarios) throws IOException {
        scenarios.forEach(scenario -> gate.arm(scenario.namespace(), scenario.point(phase)));
        phase.begin(plane, environments(scenarios));
        baseline.awaitEndState(
                phase,
                TIMEOUT,
                () -> environments(scenarios.stream()
                        .filter(scenario -> !gate.reached(scenario.namespace()))
                        .toList()));
        scenarios.forEach(scenario -> scenario.point(phase)
                .ifPresent(point -> (gate.reached(scenario.namespace()) ? tried : unreached).add(point)));
        operator.kill();
        gate.open();
        operator.start();
    }

    private void crashAtDeletion(Operator operator, List<CrashScenario> scenarios) throws IOException {
        scenarios.stream().filter(scenario -> deletion(scenario).applied()).forEach(this::delete);
        operator.kill();
        scenarios.stream().filter(scenario -> !deletion(scenario).applied()).forEach(this::delete);
        operator.start();
        scenarios.forEach(scenario -> tried.add(deletion(scenario)));
    }

    private void delete(CrashScenario scenario) {
        scenario.environment().delete(DELETIONS.get(deletion(scenario).write()));
    }

    private static CrashPoint deletion(CrashScenario scenario) {
        return scenario.point(Phase.DELETE).orElseThrow();
    }

    private void judge(Operator operator, Phase phase, List<CrashScenario> scenarios) {
        var diverging = baseline.awaitEndState(phase, TIMEOUT, () -> environments(scenarios));
        for (var scenario : scenarios) {
            var differences = diverging.get(scenario.environment());
            if (differences != null) {
                failures.add("%s %s in %s, operator's log %s:%n%s"
                        .formatted(
                                phase,
                                scenario.point(phase),
                                scenario.namespace(),
                                operator.log(),
                                String.join("\n", differences)));
            } else {
                scenario.point(phase).filter(tried::contains).ifPresent(passed::add);
            }
            if (scenario.lastPhase() == phase) {
                extraEvents += baseline.extraEvents(phase, scenario.environment());
            }
        }
    }

    private static List<FullEnvironment> environments(List<CrashScenario> scenarios) {
        return scenarios.stream().map(CrashScenario::environment).toList();
    }

    /** Points that no scenario reached. */
    List<CrashPoint> unreached() {
        return unreached;
    }

    /** Scenarios that ended in a state other than the baseline's, with the differences. */
    List<String> failures() {
        return failures;
    }

    @Override
    public String toString() {
        return "Crash points: tried %d, passed %d; not reached %d; %d Events more than without crashes"
                .formatted(tried.size(), passed.size(), unreached.size(), extraEvents);
    }
}
