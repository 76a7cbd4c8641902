package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.Chart;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An additional release of the operator under test, with its own settings. */
final class OperatorRelease {

    private final TestCluster cluster;
    private final String objects;

    private OperatorRelease(TestCluster cluster, String objects) {
        this.cluster = cluster;
        this.objects = objects;
    }

    /** Installs a release in the cluster object's namespaces, and waits until it is ready. */
    static OperatorRelease install(TestCluster cluster, Map<String, String> settings) throws IOException {
        return install(cluster, List.of(cluster.namespace()), settings);
    }

    /** The same for environments in other namespaces. */
    static OperatorRelease install(TestCluster cluster, List<String> namespaces, Map<String, String> settings)
            throws IOException {
        return install(cluster, "watchNamespaces={%s}".formatted(String.join(",", namespaces)), settings);
    }

    /** The same for all namespaces: no other test must run. */
    static OperatorRelease installForAllNamespaces(TestCluster cluster) throws IOException {
        return install(cluster, "clusterWide=true", Map.of());
    }

    private static OperatorRelease install(TestCluster cluster, String scope, Map<String, String> settings)
            throws IOException {
        var image = deployment(TestCluster.get())
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
        var colon = image.lastIndexOf(':');
        var options = new ArrayList<>(List.of(
                "--set",
                "crds.install=false",
                "--set-string",
                "commonLabels.%s=%s".formatted(TestCluster.RUN_LABEL.replace(".", "\\."), TestCluster.RUN),
                "--set",
                scope,
                "--set",
                "image.repository=" + image.substring(0, colon),
                "--set-string",
                "image.tag=" + image.substring(colon + 1),
                "--values",
                NodeRegistries.values().toString()));
        settings.forEach((name, value) -> options.addAll(List.of("--set-string", "settings." + name + "=" + value)));
        var objects = Chart.yaml(RELEASE, cluster.operatorNamespace(), options.toArray(String[]::new));
        var release = new OperatorRelease(cluster, objects);
        release.objects().serverSideApply();
        eventually(() -> assertThat(Readiness.isPodReady(release.pod())).isTrue());
        return release;
    }

    private NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> objects() {
        return cluster.client().load(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)));
    }

    private static Deployment deployment(TestCluster cluster) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.operatorNamespace())
                .withName(RELEASE)
                .get();
    }

    Pod pod() {
        var pods = cluster.client()
                .pods()
                .inNamespace(cluster.operatorNamespace())
                .list()
                .getItems();
        assertThat(pods).as("pods of the operator").hasSize(1);
        return pods.getFirst();
    }

    /** The operator's process on the node. */
    NodeProcess process() throws IOException {
        return NodeProcess.of(pod(), "java");
    }

    /** The signature of the operator's token, its secret part. */
    String tokenSignature() throws IOException {
        var token = process().file("/var/run/secrets/kubernetes.io/serviceaccount/token");
        return token.substring(token.lastIndexOf('.') + 1);
    }

    /** Writes the operator's log to a file until the operator ends. */
    Process logTo(Path file) {
        return cluster.kubectlTo(
                file, "logs", "--follow", "--namespace", cluster.operatorNamespace(), "deployment/" + RELEASE);
    }

    /** The operator's response over HTTP. */
    String get(String path) {
        return cluster.httpGet(pod(), path);
    }

    /** Deletes the Deployment, and waits until its pod is deleted. Fails if the operator had restarted before. */
    void stop() {
        assertThat(pod().getStatus().getContainerStatuses())
                .allSatisfy(container -> assertThat(container.getRestartCount()).isZero());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.operatorNamespace())
                .withName(RELEASE)
                .delete();
        eventually(() -> assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.operatorNamespace())
                        .list()
                        .getItems())
                .isEmpty());
    }

    /** Deletes the release, including its RBAC. */
    void remove() {
        objects().delete();
    }
}
