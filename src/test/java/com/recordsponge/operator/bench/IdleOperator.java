package com.recordsponge.operator.bench;

import com.recordsponge.operator.support.OperatorProcess;
import java.io.IOException;
import java.time.Duration;

/** Measures an operator that has nothing to do. */
final class IdleOperator {

    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.idle", 60));

    private final BenchServer server;
    private final Results results;
    private final OperatorProcess operator;

    IdleOperator(BenchServer server, Results results, OperatorProcess operator) {
        this.server = server;
        this.results = results;
        this.operator = operator;
    }

    /** Measures its requests for a while, and then its memory, for which there is no target. */
    void measure(String when) throws Exception {
        measure(when, "");
    }

    /** The same with a target for its memory. Sleeps, as idleness has no event to wait for. */
    void measure(String when, String target) throws Exception {
        var requests = server.requests();
        Thread.sleep(IDLE);
        results.add(
                "Requests while idle for %d s %s (writes, reads)".formatted(IDLE.toSeconds(), when),
                "0, 0",
                "%d, %d",
                requests.writes(),
                requests.reads());
        measureMemory(when, target);
    }

    private void measureMemory(String when, String target) throws IOException {
        var memory = ProcessMemory.of(operator.pid());
        results.add(
                "Resident memory " + when + " (anonymous part; peak)",
                target,
                "%.0f MiB (%.0f; %.0f)",
                memory.resident(),
                memory.anonymous(),
                memory.peak());
    }
}
