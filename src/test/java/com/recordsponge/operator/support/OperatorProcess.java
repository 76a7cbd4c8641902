package com.recordsponge.operator.support;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The operator as its image runs it, in a process of its own that may be killed. */
public final class OperatorProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private OperatorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param access the API server, and the token to use there
     * @param namespaces those that it watches, separated by commas
     * @param port of its health checks and metrics
     * @param settings further environment variables
     * @param log file to write to; what it holds already stays
     */
    public static OperatorProcess start(
            Config access, String namespaces, int port, Map<String, String> settings, Path log) throws IOException {
        var runtime = OperatorRuntime.get();
        var builder = new ProcessBuilder(runtime.command())
                .directory(runtime.application().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(access, namespaces, port));
        builder.environment().putAll(settings);
        return new OperatorProcess(builder.start(), port);
    }

    private static Map<String, String> environment(Config access, String namespaces, int port) {
        var environment = new HashMap<>(Map.of(
                "LANG",
                "C.UTF-8",
                "MALLOC_ARENA_MAX",
                "1",
                "KUBERNETES_AUTH_TRYKUBECONFIG",
                "false",
                "KUBERNETES_MASTER",
                access.getMasterUrl(),
                "KUBERNETES_AUTH_TOKEN",
                access.getOauthToken(),
                "QUARKUS_OPERATOR_SDK_NAMESPACES",
                namespaces,
                "QUARKUS_HTTP_PORT",
                Integer.toString(port)));
        if (access.getCaCertData() != null) {
            environment.put("KUBERNETES_CERTS_CA_DATA", access.getCaCertData());
        } else if (access.getCaCertFile() != null) {
            environment.put("KUBERNETES_CERTS_CA_FILE", access.getCaCertFile());
        }
        return environment;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Whether it reports to be ready for its work. */
    public boolean ready() {
        return answers("/q/health/ready");
    }

    private boolean answers(String path) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as the kernel would when memory runs out; returns once it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it as the kubelet would. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
