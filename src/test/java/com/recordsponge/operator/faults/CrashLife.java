package com.recordsponge.operator.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An environment whose operator is killed in each phase at a point of its own, until there are no more points. */
record CrashLife(FullEnvironment environment, SortedMap<Phase, CrashPoint> points) {

    /** As many as it takes to have each point in one of them. */
    static List<CrashLife> all(ControlPlane plane, Collection<List<CrashPoint>> pointsOfPhases) {
        var lives = new ArrayList<CrashLife>();
        for (var points : pointsOfPhases) {
            for (var number = 0; number < points.size(); number++) {
                if (number == lives.size()) {
                    lives.add(new CrashLife(plane.environment("crash-" + number), new TreeMap<>()));
                }
                var point = points.get(number);
                lives.get(number).points.put(point.phase(), point);
            }
        }
        return lives;
    }

    Optional<CrashPoint> point(Phase phase) {
        return Optional.ofNullable(points.get(phase));
    }

    /** The phase with its last point. */
    Phase last() {
        return points.lastKey();
    }

    String namespace() {
        return environment.namespace();
    }
}
