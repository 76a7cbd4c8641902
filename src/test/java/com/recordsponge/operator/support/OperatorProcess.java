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
import java.util.Optional;

/** The operator, run as in its image, in a separate process that tests can kill. */
public final class OperatorProcess implements AutoCloseable {

    private static final int OK = 200;

    private final Process process;
    private final int port;

    private OperatorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the operator.
     *
     * @param access the API server and the token
     * @param namespaces the namespaces to watch, separated by commas
     * @param port the port of health checks and metrics
     * @param settings additional environment variables
     * @param log the file to append to
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

    private static Map<String, String> environment(Config access, String namespaces, int port) throws IOException {
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
                "RECORDSPONGE_IMAGES_REGISTRIES",
                StubRegistry.get().configuration().toString(),
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

    /** Whether the operator reports that it is ready. */
    public boolean ready() {
        return isUp("/q/health/ready");
    }

    /** Whether the kubelet would let it run. */
    public boolean live() {
        return isUp("/q/health/live");
    }

    private boolean isUp(String check) {
        return get(check).filter(response -> response.statusCode() == OK).isPresent();
    }

    /** What the readiness check answers; empty if nothing answers. */
    public String readiness() {
        return get("/q/health/ready").map(HttpResponse::body).orElse("");
    }

    /** The operator's metrics; empty if nothing answers. */
    public String metrics() {
        return get("/q/metrics").map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> get(String path) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Kills the operator, as the kernel does when memory runs out, and waits for its end. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Terminates the operator, as the kubelet does, and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
