package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures an operator from no environment to many, next to a bare client. */
final class GrowthScenario implements Scenario.OnServer {

    private static final int FEW = 200;
    private static final int MANY = 1000;
    private static final int DELETIONS = 40;
    private static final int FOREIGN_SECRETS = 2000;
    private static final int FOREIGN_BYTES = 10_000;
    private static final int WARM_UP = 20;
    private static final String MEMORY_TARGET = "≤ 128 MiB";

    @Override
    public void run(BenchServer server, Results results) throws Exception {
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED);
                var operator = server.startOperator()) {
            await().atMost(Duration.ofMinutes(1)).until(operator::ready);
            var idle = new IdleOperator(server, results, operator);
            idle.measure("without environments");
            var few = grow(server, results, fleet, FEW);
            idle.measure("with %d environments".formatted(FEW), MEMORY_TARGET);
            measureRecreation(results, fleet);
            server.addForeignSecrets(FOREIGN_SECRETS, FOREIGN_BYTES);
            idle.measure(
                    "with %d environments and %d foreign Secrets of %d kB"
                            .formatted(FEW, FOREIGN_SECRETS, FOREIGN_BYTES / 1000),
                    MEMORY_TARGET);
            var many = grow(server, results, fleet, MANY);
            idle.measure("with %d environments".formatted(MANY));
            measureBareClient(server, results, fleet, few, many);
        }
    }

    /** Creates environments, and returns the milliseconds per environment. */
    private static double grow(BenchServer server, Results results, Fleet fleet, int to) throws InterruptedException {
        var from = fleet.size();
        var requests = server.requests();
        var perEnvironment = (double) fleet.growTo(to).toMillis() / (to - from);
        results.add("Time per environment, growing from %d to %d".formatted(from, to), "", "%.1f ms", perEnvironment);
        results.add(
                "Requests per environment, growing from %d to %d".formatted(from, to),
                "",
                "%.1f (total: %s)",
                (double) requests.all().size() / (to - from),
                requests.byVerb());
        fleet.markReady(to);
        return perEnvironment;
    }

    private static void measureRecreation(Results results, Fleet fleet) {
        var times = new ArrayList<Long>();
        for (var index = 0; index < DELETIONS; index++) {
            times.add(fleet.timeToRecreate(Fleet.name(index)).toMillis());
        }
        results.add(
                "Time until a deleted Deployment is recreated (p50, p95 of %d)".formatted(DELETIONS),
                "p50 ≤ 40 ms",
                "%d ms, %d ms",
                Results.percentile(times, 0.5),
                Results.percentile(times, 0.95));
    }

    private static void measureBareClient(BenchServer server, Results results, Fleet fleet, double few, double many)
            throws InterruptedException {
        var original = Fleet.name(0);
        var client = new BareClient(server.client(), BenchServer.UNWATCHED, original, fleet.objectsOf(original));
        results.add("Objects per environment", "", "%d", client.objectsPerEnvironment());
        var done = WARM_UP;
        client.apply(0, done, Fleet.THREADS);
        for (var threads : List.of(1, Fleet.THREADS)) {
            var perEnvironment =
                    (double) client.apply(done, done + FEW, threads).toMillis() / FEW;
            done += FEW;
            var concurrency = threads == 1 ? "one at a time" : threads + " at a time";
            results.add("Bare client: time per environment, %s".formatted(concurrency), "", "%.1f ms", perEnvironment);
            results.add(
                    "Ratio of operator to bare client, %s (%d, %d environments)".formatted(concurrency, FEW, MANY),
                    "≤ 1.5",
                    "%.2f, %.2f",
                    few / perEnvironment,
                    many / perEnvironment);
        }
    }
}
