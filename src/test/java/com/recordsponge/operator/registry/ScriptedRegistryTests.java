package com.recordsponge.operator.registry;

import com.recordsponge.operator.support.MutableClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a client with a registry of its own, which does what the test tells it to. */
abstract class ScriptedRegistryTests {

    @TempDir
    static Path folder;

    static TlsIdentity identity;

    private static Vertx vertx;

    final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    ScriptedRegistry registry;
    DistributionClient client;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        identity = TlsIdentity.create(folder);
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startRegistry() throws IOException, GeneralSecurityException {
        registry = new ScriptedRegistry(identity);
        client = client(Registries.read(registry.configuration(folder)), Duration.ofSeconds(10));
    }

    @AfterEach
    void stopRegistry() throws IOException {
        registry.close();
    }

    DistributionClient client(Registries registries, Duration timeout) {
        return new DistributionClient(new VertxTransport(vertx), registries, clock, timeout);
    }
}
