package com.recordsponge.operator.support;

import java.io.IOException;

/** A real kube-controller-manager on an API server of a test, with the controllers that a test asks for. */
public final class TestControllers implements AutoCloseable {

    private final Process process;

    /** The kinds that the server serves by now are those that are garbage-collected. */
    public TestControllers(TestApiServer server, String... controllers) throws IOException {
        process = server.start(
                "kube-controller-manager",
                "--controllers=" + String.join(",", controllers),
                "--kube-api-qps=1000",
                "--kube-api-burst=1000");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
