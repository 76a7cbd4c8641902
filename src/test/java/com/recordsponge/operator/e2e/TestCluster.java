package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.Command;
import com.recordsponge.operator.support.StatusRecorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The development cluster with the operator under test, started and installed once per test run if necessary. */
final class TestCluster {

    /** Makes names unique, so that objects of other test runs do not conflict. */
    static final String RUN = Long.toString(System.currentTimeMillis() / 1000 % 60_466_176, 36);

    private static TestCluster running;

    /** The label of what a test creates outside the shared namespaces. */
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
                StatusRecorder.start(cluster.client, "cluster");
                running = cluster;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** The same cluster with two new namespaces, for environments and for their operator. */
    TestCluster withNamespaces(String name) {
        var others = new HashMap<>(values);
        others.put("NAMESPACE", createNamespace("recordsponge-" + name + "-" + RUN));
        others.put("OPERATOR_NAMESPACE", createNamespace("recordsponge-" + name + "-system-" + RUN));
        return new TestCluster(others, client);
    }

    /** The same cluster with another, new namespace for environments. */
    TestCluster inNamespace(String name) {
        var others = new HashMap<>(values);
        others.put("NAMESPACE", createNamespace(name));
        return new TestCluster(others, client);
    }

    /** Creates a namespace that a killed test run does not leave behind. */
    String createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(RUN_LABEL, RUN)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    /** Deletes both namespaces and all objects in them. */
    void removeNamespaces() {
        Stream.of(namespace(), operatorNamespace())
                .forEach(name -> client.namespaces().withName(name).delete());
    }

    /** Deletes what a killed test run left. */
    private void removeLeftovers() {
        client.namespaces().withLabel(RUN_LABEL).delete();
        client.rbac().clusterRoles().withLabel(RUN_LABEL).delete();
        client.rbac().clusterRoleBindings().withLabel(RUN_LABEL).delete();
        client.storage().v1().storageClasses().withLabel(RUN_LABEL).delete();
        client.resources(RecordSpongeEnvironment.class).inNamespace(namespace()).delete();
        await().untilAsserted(() -> assertThat(client.genericKubernetesResources("cert-manager.io/v1", "Certificate")
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

    /** The image of a Deployment's pods. */
    static String podImage(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    /** A client with all permissions. */
    KubernetesClient client() {
        return client;
    }

    /** The namespace of the environments. */
    String namespace() {
        return values.get("NAMESPACE");
    }

    String operatorNamespace() {
        return values.get("OPERATOR_NAMESPACE");
    }

    /** The certificate authority of the sites. */
    Path authority() {
        return Path.of(values.get("CA"));
    }

    int httpPort() {
        return Integer.parseInt(values.get("HTTP_PORT"));
    }

    int httpsPort() {
        return Integer.parseInt(values.get("HTTPS_PORT"));
    }

    /** The address of the PostgreSQL server for pods. */
    String databaseHost() {
        return values.get("PGHOST");
    }

    /** A Service without selector that gives the database server a name in the cluster's DNS. */
    NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> databaseName(
            String name, String namespace) {
        return client.resourceList("""
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: %2$s}
        spec: {clusterIP: None, ports: [{port: 5432}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %1$s, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
        addressType: IPv4
        ports: [{port: 5432}]
        endpoints: [{addresses: [%3$s]}]
        """.formatted(name, namespace, databaseHost()));
    }

    Path databaseSocket() {
        return Path.of(values.get("PGSOCKET"));
    }

    /** The certificate authority of the PostgreSQL server. */
    Path databaseAuthority() {
        return Path.of(values.get("PGCA"));
    }

    /** The folder with the logs of the cluster's components and pods. */
    Path logs() {
        return Path.of(values.get("LOG"));
    }

    /** The environment variables with which programs find this cluster and its kubectl. */
    Map<String, String> kubectlEnvironment() {
        return Map.of(
                "KUBECONFIG",
                values.get("KUBECONFIG"),
                "PATH",
                Path.of(values.get("KUBECTL")).getParent() + ":" + System.getenv("PATH"));
    }

    /** The response of an operator's pod over HTTP. */
    String httpGet(Pod operator, String path) {
        return client.raw("/api/v1/namespaces/%s/pods/%s:8080/proxy%s"
                .formatted(
                        operator.getMetadata().getNamespace(),
                        operator.getMetadata().getName(),
                        path));
    }

    /** Runs kubectl in the environments' namespace, and returns its output. */
    String kubectl(String... arguments) {
        try {
            return Command.run(kubectlCommand(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in the background, with the output in a file. */
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
