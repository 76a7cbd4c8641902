package com.recordsponge.operator.support;

import java.io.IOException;

/** A real kube-controller-manager for a test API server, with the controllers that a test requires. */
public final class TestControllers implements AutoCloseable {

    private final Process process;

    /** Install CRDs first: the controllers collect garbage only of kinds that the server already serves. */
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
