package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;
import static java.util.stream.Collectors.joining;

import com.recordsponge.operator.e2e.LeakReport.Surface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Scans everything that people without access to Secrets can read. */
final class LeakSurfaces {

    /** Endpoints duplicate EndpointSlices, and print a deprecation warning. */
    private static final Set<String> EXCLUDED = Set.of("secrets", "endpoints");

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final TestEnvironment environment;
    private final TestCluster cluster;
    private final OperatorRelease operator;
    private final LeakReport leaks;
    private final LogTail logs;
    private final String kinds;

    LeakSurfaces(TestEnvironment environment, OperatorRelease operator, LeakReport leaks) throws IOException {
        this.environment = environment;
        this.cluster = environment.cluster();
        this.operator = operator;
        this.leaks = leaks;
        this.logs =
                new LogTail(cluster.logs(), file -> !file.toString().contains("/" + cluster.operatorNamespace() + "_"));
        this.kinds = cluster.kubectl("api-resources", "--namespaced", "--verbs=list", "--output=name")
                .lines()
                .filter(kind -> !EXCLUDED.contains(kind))
                .collect(joining(","));
    }

    /**
     * Scans every surface once.
     *
     * @param moment in the environment's lifetime, for the report
     */
    void scan(String moment) throws IOException {
        objects(moment);
        httpEndpoints(moment);
        processes(moment);
        leaks.scan(Surface.DATABASE, "pg_stat_activity " + moment, TestDatabase.activity(cluster), "datname");
        logs.newText()
                .forEach((file, text) -> leaks.scan(
                        file.endsWith("postgres.log") ? Surface.DATABASE : Surface.CLUSTER_LOGS,
                        file + " " + moment,
                        text));
    }

    private void objects(String moment) {
        for (var namespace : List.of(cluster.namespace(), cluster.operatorNamespace())) {
            var where = " in " + namespace + " " + moment;
            leaks.scan(
                    Surface.OBJECTS,
                    "kubectl get" + where,
                    kubectl("get", kinds, "--namespace", namespace, "--output=yaml", "--show-managed-fields"),
                    "managedFields");
            leaks.scan(
                    Surface.OBJECTS,
                    "kubectl describe" + where,
                    kubectl("describe", kinds, "--namespace", namespace),
                    "Namespace:");
            leaks.scan(
                    Surface.EVENTS,
                    "kubectl get events" + where,
                    kubectl("get", "events", "--namespace", namespace, "--output=yaml"),
                    "involvedObject");
        }
    }

    /** Retries if an object is deleted between list and read. Hides the error, which can contain a value. */
    private String kubectl(String... arguments) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> {
                            try {
                                return cluster.kubectl(arguments);
                            } catch (UncheckedIOException _) {
                                return null;
                            }
                        },
                        Objects::nonNull);
    }

    private void httpEndpoints(String moment) {
        leaks.scan(Surface.HTTP, "/q/metrics " + moment, operator.get("/q/metrics"), "recordsponge_reconciliation");
        leaks.scan(Surface.HTTP, "/q/health " + moment, operator.get("/q/health"), "status");
    }

    /** Skips the application's environment: libpq needs the password there, and only its user and root can read it. */
    private void processes(String moment) throws IOException {
        var process = operator.process();
        leaks.scan(Surface.PROCESSES, "environ of the operator " + moment, process.environment(), "QUARKUS_");
        leaks.scan(Surface.PROCESSES, "maps and fd of the operator " + moment, process.files(), "quarkus-run.jar");
        for (var pod : environment.pods()) {
            for (var application : NodeProcess.of(pod)) {
                leaks.scan(
                        Surface.PROCESSES,
                        "maps and fd of %s %s".formatted(application.commandLine(), moment),
                        application.files());
            }
        }
        var commandLines =
                NodeProcess.all().stream().map(NodeProcess::commandLine).collect(joining("\n"));
        leaks.scan(Surface.PROCESSES, "cmdline of every process " + moment, commandLines, "quarkus-run.jar");
    }
}
