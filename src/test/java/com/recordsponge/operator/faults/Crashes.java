package com.recordsponge.operator.faults;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Many lives at once, and how they went on after their operator had been killed at the points of all of them. */
final class Crashes {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The operator has nothing to write then, and is killed before and after what somebody else does. */
    private static final Map<String, DeletionPropagation> DELETIONS = Map.of(
            "deletion with the children afterwards", DeletionPropagation.BACKGROUND,
            "deletion with the children first", DeletionPropagation.FOREGROUND);

    private final ControlPlane plane;
    private final Baseline undisturbed;
    private final CrashGate gate = new CrashGate();
    private final List<CrashPoint> tried = new ArrayList<>();
    private final List<CrashPoint> passed = new ArrayList<>();
    private final List<CrashPoint> unreached = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long furtherEvents;

    Crashes(ControlPlane plane) throws IOException {
        this.plane = plane;
        this.undisturbed = plane.undisturbed();
    }

    void run() throws IOException {
        var points = Stream.of(Phase.values())
                .map(phase -> CrashPoint.around(
                        phase,
                        phase == Phase.DELETE
                                ? DELETIONS.keySet()
                                : undisturbed.writes().get(phase)))
                .toList();
        var lives = CrashLife.all(plane, points);
        try (var operator = new Operator(plane, gate, Map.of())) {
            for (var phase : Phase.values()) {
                var alive = lives.stream()
                        .filter(life -> life.last().compareTo(phase) >= 0)
                        .toList();
                if (phase == Phase.DELETE) {
                    crashAtDeletion(operator, alive);
                } else {
                    crashAtWrites(operator, phase, alive);
                }
                judge(operator, phase, alive);
            }
        }
    }

    private void crashAtWrites(Operator operator, Phase phase, List<CrashLife> lives) throws IOException {
        lives.forEach(life -> gate.arm(life.namespace(), life.point(phase)));
        phase.begin(plane, environments(lives));
        undisturbed.awaitEnd(
                phase,
                LONGEST,
                () -> environments(lives.stream()
                        .filter(life -> !gate.reached(life.namespace()))
                        .toList()));
        lives.forEach(life ->
                life.point(phase).ifPresent(point -> (gate.reached(life.namespace()) ? tried : unreached).add(point)));
        operator.kill();
        gate.open();
        operator.start();
    }

    private void crashAtDeletion(Operator operator, List<CrashLife> lives) throws IOException {
        lives.stream().filter(life -> deletion(life).done()).forEach(this::delete);
        operator.kill();
        lives.stream().filter(life -> !deletion(life).done()).forEach(this::delete);
        operator.start();
        lives.forEach(life -> tried.add(deletion(life)));
    }

    private void delete(CrashLife life) {
        life.environment().delete(DELETIONS.get(deletion(life).write()));
    }

    private static CrashPoint deletion(CrashLife life) {
        return life.point(Phase.DELETE).orElseThrow();
    }

    private void judge(Operator operator, Phase phase, List<CrashLife> lives) {
        var astray = undisturbed.awaitEnd(phase, LONGEST, () -> environments(lives));
        for (var life : lives) {
            var differences = astray.get(life.environment());
            if (differences != null) {
                failures.add("%s %s in %s, operator's log %s:%n%s"
                        .formatted(
                                phase,
                                life.point(phase),
                                life.namespace(),
                                operator.log(),
                                String.join("\n", differences)));
            } else {
                life.point(phase).filter(tried::contains).ifPresent(passed::add);
            }
            if (life.last() == phase) {
                furtherEvents += undisturbed.eventsBeyond(phase, life.environment());
            }
        }
    }

    private static List<FullEnvironment> environments(List<CrashLife> lives) {
        return lives.stream().map(CrashLife::environment).toList();
    }

    /** Points that no life came by. */
    List<CrashPoint> unreached() {
        return unreached;
    }

    /** Ends that were others than those of undisturbed lives, and in what. */
    List<String> failures() {
        return failures;
    }

    @Override
    public String toString() {
        return "Crash points: tried %d, passed %d; not reached %d; %d Events more than in as many undisturbed lives"
                .formatted(tried.size(), passed.size(), unreached.size(), furtherEvents);
    }
}
