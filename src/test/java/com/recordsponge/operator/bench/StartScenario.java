package com.recordsponge.operator.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** Measures the time from the process start to the first write for an environment that already exists. */
final class StartScenario implements Scenario.OnServer {

    private static final int STARTS = 5;

    @Override
    public void run(BenchServer server, Results results) throws Exception {
        var times = new ArrayList<Long>();
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED)) {
            for (var round = 0; round < STARTS; round++) {
                fleet.create(round);
                var requests = server.requests();
                var started = Instant.now();
                try (var _ = server.startOperator()) {
                    fleet.awaitApplied(round + 1);
                }
                times.add(Duration.between(started, requests.firstWrite().orElseThrow())
                        .toMillis());
            }
        }
        results.add(
                "Process start to first object created, median of %d".formatted(STARTS),
                "≤ 1.5 s",
                "%.2f s",
                Results.percentile(times, 0.5) / 1000.0);
    }
}
