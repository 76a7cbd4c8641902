package com.recordsponge.operator.faults;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the operator is killed.
 *
 * @param write which one of a phase
 * @param done whether the API server has done it by then
 */
record CrashPoint(Phase phase, String write, boolean done) {

    /** Before and after each write. */
    static List<CrashPoint> around(Phase phase, Collection<String> writes) {
        return writes.stream()
                .flatMap(write -> Stream.of(new CrashPoint(phase, write, false), new CrashPoint(phase, write, true)))
                .toList();
    }

    /** Whether there are more or fewer such writes, as things happen sooner or later. */
    boolean isOfAReport() {
        return write.contains("/status") || write.startsWith("POST events");
    }

    @Override
    public String toString() {
        return "%s, %s %s".formatted(phase, done ? "after" : "before", write);
    }
}
