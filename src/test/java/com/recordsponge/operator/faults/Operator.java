package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The operator behind a proxy; tests kill and restart it. */
final class Operator implements AutoCloseable {

    /** The proxy may hold a write of every environment at once, and each blocks a thread of the operator. */
    private static final Map<String, String> THREADS = Map.of(
            "QUARKUS_OPERATOR_SDK_CONCURRENT_RECONCILIATION_THREADS", "200",
            "QUARKUS_OPERATOR_SDK_CONCURRENT_WORKFLOW_THREADS", "1500");

    private final FaultProxy proxy;
    private final Map<String, String> settings = new HashMap<>(THREADS);
    private final int port = FreePort.find();
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "operator", ".log");
    private OperatorProcess process;

    Operator(ControlPlane plane, FaultProxy.Policy policy, Map<String, String> settings) throws IOException {
        this.proxy = new FaultProxy(plane.operatorAccess(), policy);
        this.settings.put("RECORDSPONGE_INGRESS_CONTROLLER_DELAY", "PT0.2S");
        this.settings.putAll(plane.ingressController());
        this.settings.putAll(settings);
        start();
    }

    /** Starts the operator and waits until it is ready. */
    void start() throws IOException {
        process = OperatorProcess.start(proxy.access(), "JOSDK_ALL_NAMESPACES", port, settings, log);
        await().pollInterval(Duration.ofMillis(100))
                .failFast("the operator ended; see " + log, () -> !process.alive())
                .until(process::ready);
    }

    /** Kills the operator and drops its open requests. */
    void kill() {
        process.kill();
        proxy.disconnect();
    }

    /** Closes all its connections, including watches. */
    void disconnect() {
        proxy.disconnect();
    }

    /** The log of all its starts. */
    Path log() {
        return log;
    }

    boolean alive() {
        return process.alive();
    }

    @Override
    public void close() {
        process.close();
        proxy.close();
    }
}
