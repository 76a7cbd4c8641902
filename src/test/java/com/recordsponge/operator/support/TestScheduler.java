package com.recordsponge.operator.support;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real kube-scheduler for the test API server, and nodes that exist only there. */
public final class TestScheduler implements AutoCloseable {

    private final TestApiServer server = TestApiServer.get();
    private final List<String> nodes = new ArrayList<>();
    private final Process process;

    public TestScheduler() throws IOException {
        process = server.start("kube-scheduler");
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
