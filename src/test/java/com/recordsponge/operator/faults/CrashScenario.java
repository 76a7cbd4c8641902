package com.recordsponge.operator.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An environment with at most one crash point for each phase; it ends with the phase of its last point. */
record CrashScenario(FullEnvironment environment, SortedMap<Phase, CrashPoint> points) {

    /** As few scenarios as cover every point. */
    static List<CrashScenario> all(ControlPlane plane, Collection<List<CrashPoint>> pointsOfPhases) {
        var scenarios = new ArrayList<CrashScenario>();
        for (var points : pointsOfPhases) {
            for (var number = 0; number < points.size(); number++) {
                if (number == scenarios.size()) {
                    scenarios.add(new CrashScenario(plane.environment("crash-" + number), new TreeMap<>()));
                }
                var point = points.get(number);
                scenarios.get(number).points.put(point.phase(), point);
            }
        }
        return scenarios;
    }

    Optional<CrashPoint> point(Phase phase) {
        return Optional.ofNullable(points.get(phase));
    }

    /** The phase of its last point. */
    Phase lastPhase() {
        return points.lastKey();
    }

    String namespace() {
        return environment.namespace();
    }
}
