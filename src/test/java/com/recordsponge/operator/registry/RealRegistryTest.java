package com.recordsponge.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.TestRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference implementation of a registry, with TLS and htpasswd. */
class RealRegistryTest {

    private static final Credential USER = new Credential(TestRegistry.USER, TestRegistry.PASSWORD, "");

    private static Vertx vertx;
    private static TestRegistry registry;
    private static DistributionClient client;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        TlsIdentity.create(folder);
        registry = new TestRegistry(folder);
        var registries = Registries.read(Files.writeString(
                folder.resolve("registries.yaml"),
                "configs: {\"%s\": {tls: {ca_file: tls.crt}}}".formatted(registry.host())));
        client = new DistributionClient(
                new VertxTransport(vertx), registries, Clock.systemUTC(), Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        registry.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static RegistryReply ask(String image, Credential credential, Optional<RegistryReply> last) {
        return client.ask(new DigestQuery(ImageReference.parse(registry.host() + "/" + image), credential), last);
    }

    private static RegistryReply ask(String image) {
        return ask(image, USER, Optional.empty());
    }

    @Test
    void aPushedTagHasItsDigest() throws IOException {
        var first = registry.push("team/app", "staging", "first");
        var reply = ask("team/app:staging");
        assertThat(reply.answer()).isEqualTo(DigestAnswer.found(first));
        assertThat(ask("team/app:staging", USER, Optional.of(reply))).isEqualTo(reply);
        var second = registry.push("team/app", "staging", "second");
        assertThat(ask("team/app:staging", USER, Optional.of(reply)).answer()).isEqualTo(DigestAnswer.found(second));
    }

    @Test
    void theDigestOfAnImageForSeveralPlatformsIsThatOfItsIndex() throws IOException {
        var image = registry.push("team/multi", "amd64", "multi");
        var index = registry.pushIndex("team/multi", "all", image);
        assertThat(index).isNotEqualTo(image);
        assertThat(ask("team/multi:all").answer()).isEqualTo(DigestAnswer.found(index));
        assertThat(ask("team/multi@" + image).answer()).isEqualTo(DigestAnswer.found(image));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(ask("team/app:absent").answer().reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
        assertThat(ask("team/absent:a").answer().reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
    }

    @Test
    void withoutTheRightCredentialsItIsUnauthorized() {
        assertThat(ask("team/app:staging", Credential.NONE, Optional.empty())
                        .answer()
                        .reason())
                .isEqualTo(Reason.REGISTRY_UNAUTHORIZED);
        assertThat(ask("team/app:staging", new Credential(TestRegistry.USER, "wrong", ""), Optional.empty())
                        .answer()
                        .reason())
                .isEqualTo(Reason.REGISTRY_UNAUTHORIZED);
    }
}
