package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Traefik as a process of this machine, with the options that it has in the development cluster. It serves the
 * Ingresses of some namespaces of a test API server. Install Traefik's CRDs and an IngressClass first.
 */
public final class TestTraefik implements AutoCloseable {

    private static final Path MANIFEST = Path.of("k8s-dev/manifests/traefik.yaml");
    private static final Pattern ENTRY_POINT = Pattern.compile("--entryPoints\\.(?<name>[a-z]+)\\.address=:\\d+/tcp");
    private static final String ADMINISTRATION = "traefik";

    private final TestApiServer server;
    private final String namespaces;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Path log;
    private Process process;

    /** @param namespaces the namespaces whose Ingresses, Middlewares and Services it sees; none for all */
    public TestTraefik(TestApiServer server, String... namespaces) throws IOException {
        this.server = server;
        this.namespaces = String.join(",", namespaces);
        for (var name : new String[] {"metrics", ADMINISTRATION, "web", "websecure"}) {
            ports.put(name, FreePort.find());
        }
        log = Files.createTempFile(Path.of("target"), "traefik", ".log");
        start();
    }

    /** Starts it on the same ports, and waits until it listens. */
    public void start() throws IOException {
        var options = Stream.concat(
                        Stream.of(ClusterParts.traefik().resolve("traefik").toString()),
                        Stream.concat(
                                options(),
                                namespaces.isEmpty()
                                        ? Stream.empty()
                                        : Stream.of(
                                                "--providers.kubernetescrd.namespaces=" + namespaces,
                                                "--providers.kubernetesingress.namespaces=" + namespaces)))
                .toArray(String[]::new);
        var builder = new ProcessBuilder(options)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("KUBECONFIG", server.kubeconfig().toString());
        process = builder.start();
        await().pollInterval(Duration.ofMillis(50)).until(this::answers);
    }

    /** The options in the manifest, with the ports of this process. */
    private Stream<String> options() throws IOException {
        return Files.readAllLines(MANIFEST).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("- --"))
                .map(line -> line.substring("- ".length()))
                .map(option -> ENTRY_POINT
                        .matcher(option)
                        .replaceFirst(entryPoint -> "--entryPoints.%s.address=127.0.0.1:%d/tcp"
                                .formatted(entryPoint.group(1), ports.get(entryPoint.group(1)))));
    }

    private boolean answers() {
        try {
            return new SiteVisitor(ports.get(ADMINISTRATION), 0)
                            .http("localhost", "/ping")
                            .status()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }

    /** Ends the process, and starts it again on the same ports. */
    public void restart() throws IOException {
        stop();
        start();
    }

    /** Ends the process, as a kubelet does; {@link #start} starts it again. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A client of the sites that it serves. */
    public SiteVisitor visitor() {
        return new SiteVisitor(httpPort(), httpsPort());
    }

    /** The port of plain HTTP on 127.0.0.1. */
    public int httpPort() {
        return ports.get("web");
    }

    /** The port of HTTPS on 127.0.0.1. */
    public int httpsPort() {
        return ports.get("websecure");
    }

    /** Where it logs, with each request answered with a status of 500 or more. */
    public Path log() {
        return log;
    }

    @Override
    public void close() {
        stop();
    }
}
