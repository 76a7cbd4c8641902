package com.recordsponge.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertxTransportTest {

    private static final int QUESTIONS = 1000;

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
            var question = new Question(ImageReference.parse("127.0.0.1:1/app:tag"), Credential.NONE);
            assertThat(IntStream.range(0, QUESTIONS).parallel().mapToObj(_ -> client.ask(question, Optional.empty())))
                    .extracting(Reply::answer)
                    .containsOnly(Answer.found(ScriptedRegistry.DIGEST));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            server.stop(0);
        }
    }
}
