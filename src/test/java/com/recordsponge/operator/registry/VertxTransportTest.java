package com.recordsponge.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.check.Deadline;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertxTransportTest {

    private static final int QUESTIONS = 1000;

    /** As an IPv6 address in a cluster that has none. */
    @Test
    void anAddressThatAcceptsNoConnectionIsFollowedByTheNext(@TempDir Path folder)
            throws IOException, GeneralSecurityException {
        var vertx = Vertx.vertx();
        try (var registry = new ScriptedRegistry(TlsIdentity.create(folder));
                var deadline = new Deadline(Duration.ofSeconds(30))) {
            var transport = new VertxTransport(vertx);
            var trust = new Registries.Trust(Optional.empty(), true);
            var uri = URI.create("https://" + registry.host() + "/");
            var request = new HttpTransport.Request("HEAD", uri, Map.of(), Optional.empty(), 0, trust);
            var closed = InetAddress.ofLiteral("127.0.0.2");
            assertThat(transport
                            .send(request, List.of(closed, InetAddress.ofLiteral("127.0.0.1")), deadline)
                            .status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> transport.send(request, List.of(closed, closed), deadline))
                    .isInstanceOf(ConnectException.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** A response without a body can end before the thread that asked reads it. */
    @Test
    void noAnswerIsTooFast(@TempDir Path folder) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Docker-Content-Digest", ScriptedRegistry.DIGEST);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        var vertx = Vertx.vertx();
        try {
            var registries = Registries.read(Files.writeString(
                    folder.resolve("registries.yaml"),
                    "mirrors: {'*': {endpoint: ['http://127.0.0.1:%d']}}"
                            .formatted(server.getAddress().getPort())));
            var client = new DistributionClient(
                    new VertxTransport(vertx), registries, Clock.systemUTC(), Duration.ofSeconds(30));
            var question = new DigestQuery(ImageReference.parse("127.0.0.1:1/app:tag"), Credential.NONE);
            assertThat(IntStream.range(0, QUESTIONS).parallel().mapToObj(_ -> client.ask(question, Optional.empty())))
                    .extracting(RegistryReply::answer)
                    .containsOnly(DigestAnswer.found(ScriptedRegistry.DIGEST));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            server.stop(0);
        }
    }
}
