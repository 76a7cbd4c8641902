package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.support.OperatorProcess;
import java.time.Duration;

/** Measures the connections to the API server, and what happens after all of them went silent. */
final class NetworkScenario implements Scenario.OnServer {

    private static final int ENVIRONMENTS = 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    @Override
    public void run(BenchServer server, Results results) throws Exception {
        try (var proxy = new SilencingProxy(server.access());
                var fleet = new Fleet(server.client(), BenchServer.WATCHED)) {
            try (var operator = server.startWithoutElection(proxy.access())) {
                await().atMost(TIMEOUT).until(operator::ready);
                fleet.growTo(ENVIRONMENTS);
                fleet.markReady(ENVIRONMENTS);
                results.add("Connections to the API server", "", "%d", proxy.connections());
                proxy.silence();
                results.add(
                        "All connections silent: time until an edit is applied, without leader election",
                        "",
                        "%.0f s",
                        fleet.timeToApplyEdit(Fleet.name(0)).toMillis() / 1000.0);
            }
            try (var operator = server.startOperator(proxy.access())) {
                await().atMost(TIMEOUT).until(operator::ready);
                proxy.silence();
                results.add(
                        "All connections silent: time until the leader gives up its Lease and restarts",
                        "",
                        "%.0f s",
                        timeUntilEnd(operator).toMillis() / 1000.0);
            }
        }
    }

    private static Duration timeUntilEnd(OperatorProcess operator) {
        var started = System.nanoTime();
        await().atMost(TIMEOUT).until(() -> !operator.alive());
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
