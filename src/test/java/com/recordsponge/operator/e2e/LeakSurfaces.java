package com.recordsponge.operator.e2e;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.e2e.Disclosures.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Goes through what is told to whoever may not read Secrets. */
final class LeakSurfaces {

    /** Endpoints tell what EndpointSlices tell, with a warning. */
    private static final Set<String> UNREAD = Set.of("secrets", "endpoints");

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final TestEnvironment environment;
    private final TestCluster cluster;
    private final OperatorRelease operator;
    private final Disclosures disclosures;
    private final GrowingLogs logs;
    private final String kinds;

    LeakSurfaces(TestEnvironment environment, OperatorRelease operator, Disclosures disclosures) throws IOException {
        this.environment = environment;
        this.cluster = environment.cluster();
        this.operator = operator;
        this.disclosures = disclosures;
        this.logs = new GrowingLogs(
                cluster.logs(), file -> !file.toString().contains("/" + cluster.operatorNamespace() + "_"));
        this.kinds = cluster.kubectl("api-resources", "--namespaced", "--verbs=list", "--output=name")
                .lines()
                .filter(kind -> !UNREAD.contains(kind))
                .collect(joining(","));
    }

    /**
     * Looks everywhere once.
     *
     * @param moment of the environment's life
     */
    void look(String moment) throws IOException {
        objects(moment);
        answers(moment);
        processes(moment);
        disclosures.look(Place.DATABASE, "pg_stat_activity " + moment, TestDatabase.activity(cluster), "datname");
        logs.news()
                .forEach((file, text) -> disclosures.look(
                        file.endsWith("postgres.log") ? Place.DATABASE : Place.CLUSTER_LOGS,
                        file + " " + moment,
                        text));
    }

    private void objects(String moment) {
        for (var namespace : List.of(cluster.namespace(), cluster.operatorNamespace())) {
            var where = " in " + namespace + " " + moment;
            disclosures.look(
                    Place.OBJECTS,
                    "kubectl get" + where,
                    kubectl("get", kinds, "--namespace", namespace, "--output=yaml", "--show-managed-fields"),
                    "managedFields");
            disclosures.look(
                    Place.OBJECTS,
                    "kubectl describe" + where,
                    kubectl("describe", kinds, "--namespace", namespace),
                    "Namespace:");
            disclosures.look(
                    Place.EVENTS,
                    "kubectl get events" + where,
                    kubectl("get", "events", "--namespace", namespace, "--output=yaml"),
                    "involvedObject");
        }
    }

    /** Tries again when an object has gone between being listed and being read; what failed is not shown. */
    private String kubectl(String... arguments) {
        return await().atMost(LONGEST)
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

    private void answers(String moment) {
        disclosures.look(Place.HTTP, "/q/metrics " + moment, operator.get("/q/metrics"), "recordsponge_reconciliation");
        disclosures.look(Place.HTTP, "/q/health " + moment, operator.get("/q/health"), "status");
    }

    /** libpq takes the password from the application's environment, which only its own user and root may read. */
    private void processes(String moment) throws IOException {
        var process = operator.process();
        disclosures.look(Place.PROCESSES, "environ of the operator " + moment, process.environment(), "QUARKUS_");
        disclosures.look(Place.PROCESSES, "maps and fd of the operator " + moment, process.files(), "quarkus-run.jar");
        for (var pod : environment.pods()) {
            for (var application : NodeProcess.of(pod)) {
                disclosures.look(
                        Place.PROCESSES,
                        "maps and fd of %s %s".formatted(application.commandLine(), moment),
                        application.files());
            }
        }
        var commandLines =
                NodeProcess.all().stream().map(NodeProcess::commandLine).collect(joining("\n"));
        disclosures.look(Place.PROCESSES, "cmdline of every process " + moment, commandLines, "quarkus-run.jar");
    }
}
