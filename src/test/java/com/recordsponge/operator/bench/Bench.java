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
 * What the operator costs, all in one run, because no two machines are alike: on a real kube-apiserver and etcd with no
 * node, beside a client that does nothing but apply the same objects. {@code make bench} runs it.
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
        results.add("machine", "", "%s", Results.machine());
        start();
        try (var fleet = new Fleet(server.client(), BenchServer.WATCHED);
                var operator = server.startOperator(BenchServer.WATCHED)) {
            await().atMost(Duration.ofMinutes(1)).until(operator::ready);
            rest(operator, "before there is any environment");
            var few = grow(fleet, 0, FEW);
            rest(operator, "with %d environments".formatted(FEW));
            returns(fleet);
            foreign(operator);
            var many = grow(fleet, FEW, MANY);
            rest(operator, "with %d environments".formatted(MANY));
            bare(fleet, few, many);
        }
        results.write();
    }

    /** From the start of the process to its first write for an environment that was there before. */
    private void start() throws IOException {
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
                "process start to the first object made, median of %d".formatted(STARTS),
                "≤ 1.5 s",
                "%.2f s",
                Results.percentile(times, 0.5) / 1000.0);
    }

    /** Lets it alone, and looks what it does and how large it is. */
    private void rest(OperatorProcess operator, String when) throws Exception {
        var requests = server.requests();
        Thread.sleep(IDLE);
        results.add(
                "idle for %d s %s: writes, reads".formatted(IDLE.toSeconds(), when),
                "0, 0",
                "%d, %d",
                requests.writes(),
                requests.reads());
        memory(operator, when);
    }

    private void memory(OperatorProcess operator, String when) throws IOException {
        var memory = ProcessMemory.of(operator.pid());
        results.add(
                "resident memory " + when + " (of it anonymous; peak)",
                when.contains(Integer.toString(FEW)) ? "≤ 128 MiB" : "",
                "%.0f MiB (%.0f; %.0f)",
                memory.resident(),
                memory.own(),
                memory.peak());
    }

    /** Returns the milliseconds that each new environment took. */
    private double grow(Fleet fleet, int from, int to) throws InterruptedException {
        var requests = server.requests();
        var each = (double) fleet.growTo(to).toMillis() / (to - from);
        results.add("from %d to %d environments: time for each".formatted(from, to), "", "%.1f ms", each);
        results.add(
                "requests for each, until all its objects were made",
                "",
                "%.1f (in all: %s)",
                (double) requests.all().size() / (to - from),
                requests.byVerb());
        fleet.makeReady(to);
        return each;
    }

    private void returns(Fleet fleet) {
        var times = new ArrayList<Long>();
        for (var index = 0; index < DELETIONS; index++) {
            times.add(fleet.timeToReturn(Fleet.name(index)).toMillis());
        }
        results.add(
                "a deleted Deployment is there again, of %d: p50, p95".formatted(DELETIONS),
                "p50 ≤ 40 ms",
                "%d ms, %d ms",
                Results.percentile(times, 0.5),
                Results.percentile(times, 0.95));
    }

    private void foreign(OperatorProcess operator) throws Exception {
        server.addForeignSecrets(FOREIGN_SECRETS, FOREIGN_BYTES);
        rest(
                operator,
                "with %d environments and %d foreign Secrets of %d kB"
                        .formatted(FEW, FOREIGN_SECRETS, FOREIGN_BYTES / 1000));
    }

    private void bare(Fleet fleet, double few, double many) throws InterruptedException {
        var original = Fleet.name(0);
        var client = new BareClient(server.client(), BenchServer.UNWATCHED, original, fleet.objectsOf(original));
        results.add("objects of an environment", "", "%d", client.objectsPerEnvironment());
        var done = WARM_UP;
        client.apply(0, done, Fleet.THREADS);
        for (var threads : List.of(1, Fleet.THREADS)) {
            var each = (double) client.apply(done, done + FEW, threads).toMillis() / FEW;
            done += FEW;
            results.add(
                    "a bare client applies the same objects, %d environment(s) at a time: time for each"
                            .formatted(threads),
                    "",
                    "%.1f ms",
                    each);
            results.add(
                    "ratio of the operator to it, at %d and at %d environments".formatted(FEW, MANY),
                    "≤ 1.5",
                    "%.2f, %.2f",
                    few / each,
                    many / each);
        }
    }
}
