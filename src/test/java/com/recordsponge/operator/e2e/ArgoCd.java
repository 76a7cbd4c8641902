package com.recordsponge.operator.e2e;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The real Argo CD beside the cluster, and its Git server; started once per test run if necessary.
 *
 * @param namespace of its Applications
 * @param controllerLog the log of its application controller
 */
record ArgoCd(TestCluster cluster, Map<String, String> values, String namespace, Path controllerLog) {

    private static Map<String, String> running;

    /** The installation that tracks by annotation, Argo CD's default. */
    static ArgoCd get() {
        return installation("");
    }

    /** The one that tracks by label. */
    static ArgoCd trackingByLabel() {
        return installation("LABEL_");
    }

    private static synchronized ArgoCd installation(String prefix) {
        var cluster = TestCluster.get();
        if (running == null) {
            try {
                running = Command.values("k8s-dev/argocd.sh", "values");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            removeLeftovers(cluster);
        }
        return new ArgoCd(
                cluster, running, running.get(prefix + "NAMESPACE"), Path.of(running.get(prefix + "CONTROLLER_LOG")));
    }

    /** Deletes the Applications of a killed test run, but not what they deployed. */
    private static void removeLeftovers(TestCluster cluster) {
        ArgoApplication.all(cluster).forEach(ArgoApplication::orphan);
    }

    /** An existing Application. */
    ArgoApplication application(String name) {
        return new ArgoApplication(cluster, namespace, name);
    }

    /** A new repository with a name unique to this test run. */
    GitRepository repository(String name) throws IOException {
        return GitRepository.create(
                Path.of(values.get("GIT_FOLDER")),
                values.get("GIT_URL"),
                values.get("WEB_HOOK"),
                name + "-" + TestCluster.RUN);
    }

    /**
     * An Application of a folder of a repository, synced automatically, with self-heal and pruning.
     *
     * @param options of syncing or comparing, such as ServerSideApply=true or ServerSideDiff=true
     */
    ArgoApplication application(String name, GitRepository repository, String path, String... options) {
        var application = Serialization.unmarshal(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata:
                  name: %s
                  namespace: %s
                  finalizers: [resources-finalizer.argocd.argoproj.io]
                  annotations: {argocd.argoproj.io/compare-options: '%s'}
                spec:
                  project: default
                  source: {repoURL: '%s', path: '%s', targetRevision: main}
                  destination: {server: 'https://kubernetes.default.svc', namespace: %s}
                  syncPolicy:
                    automated: {prune: true, selfHeal: true}
                    syncOptions: [%s]
                    retry: {limit: 10, refresh: true, backoff: {duration: 1s, maxDuration: 5s}}
                """.formatted(
                                name + "-" + TestCluster.RUN,
                                namespace,
                                String.join(",", options(options, true)),
                                repository.url(),
                                path,
                                cluster.namespace(),
                                String.join(", ", options(options, false))),
                GenericKubernetesResource.class);
        cluster.client().resource(application).serverSideApply();
        return application(application.getMetadata().getName());
    }

    private static List<String> options(String[] options, boolean ofComparing) {
        return Stream.of(options)
                .filter(option -> option.startsWith("ServerSideDiff") == ofComparing)
                .toList();
    }

    /** How often the controller has compared an Application with Git or with the cluster, by its log. */
    long refreshes(ArgoApplication application) throws IOException {
        try (var lines = Files.lines(controllerLog)) {
            return lines.filter(line -> line.contains("Refreshing app status"))
                    .filter(line -> line.contains(" application=%s ".formatted(application.name())))
                    .count();
        }
    }

    /** Runs the command-line client against Argo CD's server, and returns its output. */
    String cli(String... arguments) throws IOException {
        var program = Stream.of(
                values.get("ARGOCD") + "/argocd",
                "--server",
                values.get("SERVER"),
                "--plaintext",
                "--loglevel",
                "error");
        return Command.run(
                Map.of("ARGOCD_OPTS", "", "HOME", "/tmp"),
                Stream.concat(program, Stream.of(arguments)).toArray(String[]::new));
    }
}
