package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The running cluster with an operator of the tests' own; started and installed once for the run if need be. */
final class TestCluster {

    /** Makes names unique, so that what another run left, or still removes, is in nobody's way. */
    static final String RUN = Long.toString(System.currentTimeMillis() / 1000 % 60_466_176, 36);

    private static TestCluster running;

    /** On what a test has made outside the namespaces of all tests. */
    static final String RUN_LABEL = "recordsponge.com/test-run";

    private final Map<String, String> values;
    private final KubernetesClient client;

    private TestCluster(Map<String, String> values, KubernetesClient client) {
        this.values = values;
        this.client = client;
    }

    private static KubernetesClient client(Map<String, String> values) throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(Path.of(values.get("KUBECONFIG")))))
                .build();
    }

    static synchronized TestCluster get() {
        if (running == null) {
            try {
                var values = Command.values("k8s-dev/test-operator.sh");
                var cluster = new TestCluster(values, client(values));
                cluster.removeLeftovers();
                running = cluster;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** The same cluster with two further namespaces, for environments and for an operator of their own. */
    TestCluster in(String name) {
        var others = new HashMap<>(values);
        others.put("NAMESPACE", makeNamespace("recordsponge-" + name + "-" + RUN));
        others.put("OPERATOR_NAMESPACE", makeNamespace("recordsponge-" + name + "-system-" + RUN));
        return new TestCluster(others, client);
    }

    private String makeNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(RUN_LABEL, RUN)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** With all that is in them. */
    void removeNamespaces() {
        Stream.of(namespace(), operatorNamespace())
                .forEach(name -> client.namespaces().withName(name).delete());
    }

    /** Of a run that was killed. */
    private void removeLeftovers() {
        client.namespaces().withLabel(RUN_LABEL).delete();
        client.rbac().clusterRoles().withLabel(RUN_LABEL).delete();
        client.rbac().clusterRoleBindings().withLabel(RUN_LABEL).delete();
        client.resources(RecordSpongeEnvironment.class).inNamespace(namespace()).delete();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(client.genericKubernetesResources("cert-manager.io/v1", "Certificate")
                                .inNamespace(namespace())
                                .list()
                                .getItems())
                        .as("certificates left by an earlier run")
                        .isEmpty());
        client.resources(Secret.class).inNamespace(namespace()).delete();
        client.persistentVolumeClaims().inNamespace(namespace()).delete();
        TestVolume.removeAll(this);
        TestDatabase.dropAll(this);
    }

    /** With every right. */
    KubernetesClient client() {
        return client;
    }

    /** Namespace of the tests' environments. */
    String namespace() {
        return values.get("NAMESPACE");
    }

    String operatorNamespace() {
        return values.get("OPERATOR_NAMESPACE");
    }

    /** The certificate authority of the sites, to be trusted by clients. */
    Path authority() {
        return Path.of(values.get("CA"));
    }

    int httpPort() {
        return Integer.parseInt(values.get("HTTP_PORT"));
    }

    int httpsPort() {
        return Integer.parseInt(values.get("HTTPS_PORT"));
    }

    /** Address of the PostgreSQL server, as pods reach it. */
    String databaseHost() {
        return values.get("PGHOST");
    }

    Path databaseSocket() {
        return Path.of(values.get("PGSOCKET"));
    }

    /** The authority that signed the PostgreSQL server's certificate. */
    Path databaseAuthority() {
        return Path.of(values.get("PGCA"));
    }

    /** Where the cluster's components and its pods write their logs to. */
    Path logs() {
        return Path.of(values.get("LOG"));
    }

    /** What a program that runs kubectl, or reads its configuration, needs to find this cluster. */
    Map<String, String> kubectlEnvironment() {
        return Map.of(
                "KUBECONFIG",
                values.get("KUBECONFIG"),
                "PATH",
                Path.of(values.get("KUBECTL")).getParent() + ":" + System.getenv("PATH"));
    }

    /** What a pod of an operator answers over HTTP. */
    String ask(Pod operator, String path) {
        return client.raw("/api/v1/namespaces/%s/pods/%s:8080/proxy%s"
                .formatted(
                        operator.getMetadata().getNamespace(),
                        operator.getMetadata().getName(),
                        path));
    }

    /** kubectl in the namespace of the environments. */
    String kubectl(String... arguments) {
        try {
            return Command.run(kubectlCommand(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same beside the caller, with what it prints in a file. */
    Process kubectlTo(Path file, String... arguments) {
        try {
            return new ProcessBuilder(kubectlCommand(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] kubectlCommand(String... arguments) {
        var options =
                List.of(values.get("KUBECTL"), "--kubeconfig", values.get("KUBECONFIG"), "--namespace", namespace());
        return Stream.concat(options.stream(), Stream.of(arguments)).toArray(String[]::new);
    }
}
