package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.support.OperatorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures an operator with very many environments, in a container with enough memory for them. */
final class LargeScenario implements Scenario.OnServer {

    private static final int LARGEST = Integer.getInteger("bench.large", 5000);
    private static final List<Integer> SIZES =
            Stream.of(1000, 2000, 5000).filter(size -> size <= LARGEST).toList();
    private static final int CONTAINER_MIB = 1024;
    private static final int EDITS = 200;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Pattern SUCCEEDED =
            Pattern.compile("recordsponge_reconciliation_seconds_count\\{result=\"success\"} (?<count>[0-9.E]+)");

    @Override
    public void run(BenchServer server, Results results) throws Exception {
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED)) {
            try (var operator = server.startOperator(CONTAINER_MIB)) {
                await().atMost(Duration.ofMinutes(1)).until(operator::ready);
                var idle = new IdleOperator(server, results, operator);
                for (var size : SIZES) {
                    grow(results, fleet, size);
                    idle.measure("with %d environments in a container of %d MiB".formatted(size, CONTAINER_MIB));
                }
                measureEdits(results, fleet, SIZES.getLast());
            }
            measureRestart(server, results, SIZES.getLast());
        }
    }

    private static void grow(Results results, Fleet fleet, int size) throws InterruptedException {
        var from = fleet.size();
        var time = fleet.growTo(size);
        results.add(
                "Time per environment, growing from %d to %d".formatted(from, size),
                "",
                "%.1f ms",
                (double) time.toMillis() / (size - from));
        fleet.markReady(size);
    }

    private static void measureEdits(Results results, Fleet fleet, int environments) {
        var times = new ArrayList<Long>();
        for (var index = 0; index < EDITS; index++) {
            times.add(fleet.timeToApplyEdit(Fleet.name(index)).toMillis());
        }
        results.add(
                "Edit to changed Deployment with %d environments (p50, p99 of %d)".formatted(environments, EDITS),
                "",
                "%d ms, %d ms",
                Results.percentile(times, 0.5),
                Results.percentile(times, 0.99));
    }

    /** Settled: every environment has been reconciled. */
    private static void measureRestart(BenchServer server, Results results, int environments) throws Exception {
        var started = System.nanoTime();
        try (var operator = server.startOperator(CONTAINER_MIB)) {
            await().atMost(TIMEOUT).until(operator::ready);
            var ready = System.nanoTime() - started;
            await().atMost(TIMEOUT).until(() -> reconciliations(operator) >= environments);
            results.add(
                    "Restart with %d environments until ready, until all are reconciled".formatted(environments),
                    "",
                    "%.0f s, %.0f s",
                    ready / 1e9,
                    (System.nanoTime() - started) / 1e9);
        }
    }

    private static double reconciliations(OperatorProcess operator) {
        var count = SUCCEEDED.matcher(operator.metrics());
        return count.find() ? Double.parseDouble(count.group("count")) : 0;
    }
}
