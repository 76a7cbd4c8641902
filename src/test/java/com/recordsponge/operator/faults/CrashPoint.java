package com.recordsponge.operator.faults;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A write at which the operator is killed.
 *
 * @param write the write within its phase
 * @param applied whether the API server has applied it by then
 */
record CrashPoint(Phase phase, String write, boolean applied) {

    /** The points before and after each write. */
    static List<CrashPoint> around(Phase phase, Collection<String> writes) {
        return writes.stream()
                .flatMap(write -> Stream.of(new CrashPoint(phase, write, false), new CrashPoint(phase, write, true)))
                .toList();
    }

    /** Whether the number of such writes depends on timing. */
    boolean isStatusOrEvent() {
        return write.contains("/status") || write.startsWith("POST events");
    }

    @Override
    public String toString() {
        return "%s, %s %s".formatted(phase, applied ? "after" : "before", write);
    }
}
