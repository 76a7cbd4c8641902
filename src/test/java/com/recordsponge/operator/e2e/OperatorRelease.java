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

/** One more release of the operator that the tests run, with settings of its own. */
final class OperatorRelease {

    private final TestCluster cluster;
    private final String objects;

    private OperatorRelease(TestCluster cluster, String objects) {
        this.cluster = cluster;
        this.objects = objects;
    }

    /** In the namespaces of a view of the cluster; returns once it works. */
    static OperatorRelease install(TestCluster cluster, Map<String, String> settings) throws IOException {
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
                "watchNamespaces={%s}".formatted(cluster.namespace()),
                "--set",
                "image.repository=" + image.substring(0, colon),
                "--set-string",
                "image.tag=" + image.substring(colon + 1)));
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

    /** The process of that pod, as the node sees it. */
    NodeProcess process() throws IOException {
        return NodeProcess.of(pod(), "java");
    }

    /** The part of its token that is secret: the signature. */
    String tokenSignature() throws IOException {
        var token = process().file("/var/run/secrets/kubernetes.io/serviceaccount/token");
        return token.substring(token.lastIndexOf('.') + 1);
    }

    /** Writes its log to a file until it has ended. */
    Process logTo(Path file) {
        return cluster.kubectlTo(
                file, "logs", "--follow", "--namespace", cluster.operatorNamespace(), "deployment/" + RELEASE);
    }

    /** What it answers over HTTP, whether or not it is well. */
    String get(String path) {
        return cluster.ask(pod(), path);
    }

    /** As an administrator would; returns once its pod is gone, and fails where it had ended before. */
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

    /** With its rights. */
    void remove() {
        objects().delete();
    }
}
