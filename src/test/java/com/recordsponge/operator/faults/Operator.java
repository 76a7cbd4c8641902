package com.recordsponge.operator.faults;

import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The operator behind a proxy; it may be killed and started again. */
final class Operator implements AutoCloseable {

    /** Every write of every environment may be held at once, each with a thread of the operator's. */
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
        this.settings.putAll(settings);
        start();
    }

    /** Returns once it is at work. */
    void start() throws IOException {
        process = OperatorProcess.start(proxy.access(), "JOSDK_ALL_NAMESPACES", port, settings, log);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .failFast("the operator ended; see " + log, () -> !process.alive())
                .until(process::ready);
    }

    /** Ends it at once, with all that it had under way. */
    void kill() {
        process.kill();
        proxy.disconnect();
    }

    /** Ends all its connections, and with them its watches. */
    void disconnect() {
        proxy.disconnect();
    }

    /** What it has written, through all its starts. */
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
