package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real kube-scheduler for the test API server, and nodes that exist only there. It schedules pods that ask for it by
 * {@link #NAME}, so that pods that other tests have left take no room on its nodes.
 */
public final class TestScheduler implements AutoCloseable {

    /** The {@code schedulerName} of its pods. */
    public static final String NAME = "test-scheduler";

    private static final String CONFIGURATION = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            clientConnection: {kubeconfig: "%s"}
            leaderElection: {leaderElect: false}
            profiles: [{schedulerName: %s}]
            """;

    private final TestApiServer server = TestApiServer.get();
    private final List<String> nodes = new ArrayList<>();
    private final Process process;

    public TestScheduler() throws IOException {
        var configuration = Files.createTempFile(Path.of("target"), "kube-scheduler", ".yaml");
        Files.writeString(configuration, CONFIGURATION.formatted(server.kubeconfig(), NAME));
        process = server.start("kube-scheduler", "--config=" + configuration);
    }

    /** Adds an empty, schedulable node. */
    public void node(String name, int cpus, Map<String, String> labels) {
        nodes.add(name);
        var resources = Map.of(
                "cpu", new Quantity(Integer.toString(cpus)),
                "memory", new Quantity(cpus + "Gi"),
                "pods", new Quantity("100"));
        var node = server.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .addToLabels("kubernetes.io/hostname", name)
                        .endMetadata()
                        .withNewStatus()
                        .withCapacity(resources)
                        .withAllocatable(resources)
                        .endStatus()
                        .build())
                .create();
        // The API server taints a new node until its kubelet has reported.
        server.client()
                .resource(node.edit().editSpec().withTaints().endSpec().build())
                .update();
    }

    /** Stops the scheduler and deletes its nodes. */
    @Override
    public void close() {
        nodes.forEach(name -> server.client().nodes().withName(name).delete());
        process.destroy();
    }
}
