package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;

/** Let's Encrypt's test server, pebble, as a process. It asks its own DNS server, which knows no names at first. */
public final class TestAcmeServer implements AutoCloseable {

    /** A name for which it issues no certificate. */
    public static final String REJECTED = "rejected.example.org";

    private static final String CONFIGURATION = """
        {"pebble": {
          "listenAddress": "127.0.0.1:%d",
          "managementListenAddress": "127.0.0.1:%d",
          "certificate": "%s",
          "privateKey": "%s",
          "httpPort": %d,
          "tlsPort": %d,
          "domainBlocklist": ["%s"],
          "retryAfter": {"authz": 1, "order": 1},
          "keyAlgorithm": "ecdsa",
          "profiles": {"default": {"description": "as Let's Encrypt's", "validityPeriod": 7776000}}
        }}
        """;

    private final int port = FreePort.find();
    private final int dnsManagement = FreePort.find();
    private final Path folder =
            Files.createTempDirectory(Path.of("target"), "pebble").toAbsolutePath();
    private final Process dns;
    private final Process pebble;

    /** @param sitePort where it expects the sites to serve plain HTTP */
    public TestAcmeServer(int sitePort) throws IOException {
        var dnsPort = FreePort.find();
        dns = start(
                "pebble-challtestsrv",
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                "-doh=",
                "-defaultIPv4=",
                "-defaultIPv6=",
                "-dnsserver=127.0.0.1:" + dnsPort,
                "-management=127.0.0.1:" + dnsManagement);
        var configuration = CONFIGURATION.formatted(
                port, FreePort.find(), write("tls.crt"), write("tls.key"), sitePort, FreePort.find(), REJECTED);
        pebble = start(
                "pebble",
                "-config=" + Files.writeString(folder.resolve("pebble.json"), configuration),
                "-dnsserver=127.0.0.1:" + dnsPort);
        awaitListening(dns, dnsManagement);
        awaitListening(pebble, port);
    }

    private Process start(String program, String... options) throws IOException {
        var command = Stream.concat(
                        Stream.of(ClusterParts.pebble().resolve(program).toString()), Stream.of(options))
                .toList();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile());
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
        return builder.start();
    }

    private Path write(String file) throws IOException {
        return Files.writeString(
                folder.resolve(file), TestCertificate.of("localhost").get(file));
    }

    private void awaitListening(Process process, int port) {
        await().pollInterval(Duration.ofMillis(50))
                .failFast("it ended; its log is in " + folder, () -> !process.isAlive())
                .ignoreException(IOException.class)
                .until(() -> {
                    try (var socket = new Socket()) {
                        socket.connect(new InetSocketAddress("127.0.0.1", port));
                        return true;
                    }
                });
    }

    /** The address of its directory. */
    public String directory() {
        return "https://localhost:%d/dir".formatted(port);
    }

    /** The certificate of its own TLS server, in base64. */
    public String caBundle() {
        return Base64.getEncoder()
                .encodeToString(TestCertificate.of("localhost").get("tls.crt").getBytes(UTF_8));
    }

    /** Gives a name an address. */
    public void resolve(String host, String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/add-a".formatted(dnsManagement)))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"host\": \"%s.\", \"addresses\": [\"%s\"]}".formatted(host, address)))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    @Override
    public void close() {
        pebble.destroy();
        dns.destroy();
    }
}
