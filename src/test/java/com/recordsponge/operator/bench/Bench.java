package com.recordsponge.operator.bench;

import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.support.OperatorProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the operator costs on a real kube-apiserver and etcd without nodes, next to a client that only applies
 * the same objects. All figures are from one run, because machines differ. {@code make bench} runs it.
 */
final class Bench {

    private static final int FEW = 200;
    private static final int MANY = 1000;
    private static final int STARTS = 5;
    private static final int DELETIONS = 40;
    private static final int FOREIGN_SECRETS = 2000;
    private static final int FOREIGN_BYTES = 10_000;
    private static final int WARM_UP = 20;
    private static final Duration IDLE = Duration.ofSeconds(Integer.getInteger("bench.idle", 60));

    private final BenchServer server = new BenchServer();
    private final Results results = new Results();

    private Bench() throws IOException {}

    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        try {
            new Bench().run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run() throws Exception {
        results.add("Machine", "", "%s", Results.machine());
        measureStart();
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED);
                var operator = server.startOperator(BenchServer.WATCHED)) {
            await().atMost(Duration.ofMinutes(1)).until(operator::ready);
            measureIdle(operator, "without environments");
            var few = grow(fleet, 0, FEW);
            measureIdle(operator, "with %d environments".formatted(FEW));
            measureRecreation(fleet);
            measureForeignSecrets(operator);
            var many = grow(fleet, FEW, MANY);
            measureIdle(operator, "with %d environments".formatted(MANY));
            measureBareClient(fleet, few, many);
        }
        results.write();
    }

    /** Measures the time from the process start to the first write for an environment that already exists. */
    private void measureStart() throws IOException {
        var times = new ArrayList<Long>();
        try (var fleet = new Fleet(server.client(), BenchServer.STARTING)) {
            for (var round = 0; round < STARTS; round++) {
                fleet.create(round);
                var requests = server.requests();
                var started = Instant.now();
                try (var _ = server.startOperator(BenchServer.STARTING)) {
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

    /** Measures the requests and the memory of an idle operator. */
    private void measureIdle(OperatorProcess operator, String when) throws Exception {
        var requests = server.requests();
        Thread.sleep(IDLE);
        results.add(
                "Requests while idle for %d s %s (writes, reads)".formatted(IDLE.toSeconds(), when),
                "0, 0",
                "%d, %d",
                requests.writes(),
                requests.reads());
        measureMemory(operator, when);
    }

    private void measureMemory(OperatorProcess operator, String when) throws IOException {
        var memory = ProcessMemory.of(operator.pid());
        results.add(
                "Resident memory " + when + " (anonymous part; peak)",
                when.contains(Integer.toString(FEW)) ? "≤ 128 MiB" : "",
                "%.0f MiB (%.0f; %.0f)",
                memory.resident(),
                memory.anonymous(),
                memory.peak());
    }

    /** Creates environments, and returns the milliseconds per environment. */
    private double grow(Fleet fleet, int from, int to) throws InterruptedException {
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

    private void measureRecreation(Fleet fleet) {
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

    private void measureForeignSecrets(OperatorProcess operator) throws Exception {
        server.addForeignSecrets(FOREIGN_SECRETS, FOREIGN_BYTES);
        measureIdle(
                operator,
                "with %d environments and %d foreign Secrets of %d kB"
                        .formatted(FEW, FOREIGN_SECRETS, FOREIGN_BYTES / 1000));
    }

    private void measureBareClient(Fleet fleet, double few, double many) throws InterruptedException {
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
