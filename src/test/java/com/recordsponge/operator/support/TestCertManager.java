package com.recordsponge.operator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real cert-manager as a process of this machine, for one namespace of a test API server. Install its CRDs first. */
public final class TestCertManager implements AutoCloseable {

    private final Process process;

    /** @param proxyPort HTTP proxy on 127.0.0.1 through which it checks whether sites answer challenges */
    public TestCertManager(TestApiServer server, String namespace, int proxyPort) throws IOException {
        var builder = new ProcessBuilder(
                        ClusterParts.certManager()
                                .resolve("cert-manager-controller")
                                .toString(),
                        "--kubeconfig=" + server.kubeconfig(),
                        "--namespace=" + namespace,
                        "--cluster-resource-namespace=" + namespace,
                        "--leader-elect=false",
                        "--metrics-listen-address=127.0.0.1:" + FreePort.find())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(Path.of("target"), "cert-manager", ".log")
                        .toFile());
        builder.environment().put("HTTP_PROXY", "http://127.0.0.1:" + proxyPort);
        process = builder.start();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
