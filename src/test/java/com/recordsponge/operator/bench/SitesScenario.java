package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.StubIngressController;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Measures what it costs to ask the sites: two operators with the same environments, one of which asks none. */
final class SitesScenario implements Scenario.OnServer {

    private static final int ENVIRONMENTS = Integer.getInteger("bench.sites", 1000);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** In which every site is asked at least once. */
    private static final Duration TIME = Duration.ofSeconds(60);

    private static final Map<String, String> ASKS_NONE = Map.of("RECORDSPONGE_INGRESS_CONTROLLER_SERVICE", "none");

    @Override
    public void run(BenchServer server, Results results) throws Exception {
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED)) {
            try (var operator = server.startOperator()) {
                await().atMost(TIMEOUT).until(operator::ready);
                fleet.growTo(ENVIRONMENTS);
                fleet.markReady(ENVIRONMENTS);
            }
            try (var operator = server.startOperator(ASKS_NONE)) {
                await().atMost(TIMEOUT).until(operator::ready);
                fleet.awaitRouteMessage(ENVIRONMENTS, "The operator does not ask the site");
                measureMemory(results, operator, "that asks no site");
            }
            try (var operator = server.startOperator()) {
                fleet.awaitRouteMessage(ENVIRONMENTS, "The site answers");
                measureRequests(results, operator, server.sites());
                measureMemory(results, operator, "that asks every site");
            }
        }
    }

    /** Sleeps, as an operator that only asks has no event to wait for. */
    private static void measureRequests(Results results, OperatorProcess operator, StubIngressController sites)
            throws InterruptedException {
        var requests = sites.requests();
        var time = processorTime(operator);
        Thread.sleep(TIME);
        var asked = sites.requests() - requests;
        var used = processorTime(operator).minus(time);
        results.add(
                "Requests to the sites of %d environments in %d s".formatted(ENVIRONMENTS, TIME.toSeconds()),
                "",
                "%d",
                asked);
        results.add(
                "Processor time for them (of one processor; for each request)",
                "",
                "%.1f s (%.0f %%; %.1f ms)",
                used.toMillis() / 1000.0,
                100.0 * used.toMillis() / TIME.toMillis(),
                (double) used.toMillis() / asked);
    }

    private static Duration processorTime(OperatorProcess operator) {
        return ProcessHandle.of(operator.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private static void measureMemory(Results results, OperatorProcess operator, String which)
            throws IOException, InterruptedException {
        Thread.sleep(TIME);
        var memory = ProcessMemory.of(operator.pid());
        results.add(
                "Resident memory of an operator with %d environments %s (anonymous part; peak)"
                        .formatted(ENVIRONMENTS, which),
                "",
                "%.0f MiB (%.0f; %.0f)",
                memory.resident(),
                memory.anonymous(),
                memory.peak());
    }
}
