package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real kube-controller-manager on an API server of a test, with the controllers that a test asks for. */
public final class TestControllers implements AutoCloseable {

    private final Process process;

    /** The kinds that the server serves by now are those that are garbage-collected. */
    public TestControllers(TestApiServer server, String... controllers) throws IOException {
        var directory = Files.createTempDirectory(Path.of("target"), "controllers");
        process = new ProcessBuilder(
                        ClusterParts.kubernetes()
                                .resolve("kube-controller-manager")
                                .toString(),
                        "--kubeconfig=" + server.kubeconfig(),
                        "--controllers=" + String.join(",", controllers),
                        "--leader-elect=false",
                        "--kube-api-qps=1000",
                        "--kube-api-burst=1000",
                        "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
