package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.Credential;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.DistributionClient;
import com.recordsponge.operator.registry.ImageReference;
import com.recordsponge.operator.registry.Registries;
import com.recordsponge.operator.registry.RegistryClient;
import com.recordsponge.operator.registry.RegistryReply;
import com.recordsponge.operator.registry.TlsIdentity;
import com.recordsponge.operator.registry.VertxTransport;
import com.recordsponge.operator.support.MutableClock;
import com.recordsponge.operator.support.TestRegistry;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real registry sees of many environments, while a scripted clock passes. */
class RegistryTrafficTest {

    private static final Credential USER = new Credential(TestRegistry.USER, TestRegistry.PASSWORD, "");
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofSeconds(2);
    private static final int TAGS = 5;
    private static final int ENVIRONMENTS = 200;

    /** With intervals that are up to a fifth shorter. */
    private static final int MOST_IN_AN_HOUR = TAGS * 75;

    /** On a busy machine the test's clock runs ahead of the registry. */
    private static final int FEWEST_IN_AN_HOUR = TAGS * 30;

    private final Vertx vertx = Vertx.vertx();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Runnable> alarms = new CopyOnWriteArrayList<>();
    private final List<String> triggered = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private RegistryClient client;
    private TestRegistry registry;
    private Resolutions resolutions;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        TlsIdentity.create(folder);
        registry = new TestRegistry(folder);
        client = new DistributionClient(new VertxTransport(vertx), registries(), clock, Duration.ofSeconds(10));
        resolutions = new Resolutions(this::ask, clock, (_, alarm) -> alarms.add(alarm), new Random(1));
        resolutions.setEventHandler((Event event) ->
                triggered.add(event.getRelatedCustomResourceID().getName()));
        resolutions.start();
    }

    private Registries registries() throws IOException {
        return Registries.read(Files.writeString(
                folder.resolve("registries.yaml"),
                "configs: {\"%s\": {tls: {ca_file: tls.crt}}}".formatted(registry.host())));
    }

    private RegistryReply ask(DigestQuery question, Optional<RegistryReply> last) {
        running.incrementAndGet();
        try {
            return client.ask(question, last);
        } finally {
            running.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        resolutions.stop();
        registry.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Optional<DigestAnswer> answer(int number) {
        var image = "%s/team/app:tag-%d".formatted(registry.host(), number % TAGS);
        return resolutions.answer(
                environment().named("site-" + number).build(),
                new DigestQuery(ImageReference.parse(image), USER),
                new QueryTerms(INTERVAL, "mark", false, true));
    }

    private void pass(Duration time) {
        for (var end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            clock.pass(STEP);
            var ringing = List.copyOf(alarms);
            alarms.removeAll(ringing);
            ringing.forEach(Runnable::run);
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> running.get() == 0);
        }
    }

    private void passUntil(int environment, DigestAnswer expected) {
        await().untilAsserted(() -> {
            pass(STEP);
            assertThat(answer(environment)).contains(expected);
        });
    }

    @Test
    void twoHundredEnvironmentsAskOnceForEachOfFiveTags() throws IOException {
        for (var tag = 0; tag < TAGS; tag++) {
            registry.push("team/app", "tag-" + tag, "image " + tag);
        }
        await().until(() -> {
            pass(STEP);
            return IntStream.range(0, ENVIRONMENTS)
                            .filter(number -> answer(number).isEmpty())
                            .count()
                    == 0;
        });
        triggered.clear();
        var before = registry.requests().size();
        pass(Duration.ofHours(1));

        var requests = registry.requests();
        var asked = requests.subList(before, requests.size());
        System.out.printf("Requests of %d environments on %d tags in an hour: %d%n", ENVIRONMENTS, TAGS, asked.size());
        assertThat(asked)
                .hasSizeBetween(FEWEST_IN_AN_HOUR, MOST_IN_AN_HOUR)
                .allMatch(request -> request.matches("HEAD /v2/team/app/manifests/tag-\\d HTTP/1.1 (304|401)"));
        assertThat(triggered).as("an unchanged tag wakes nobody").isEmpty();
    }

    @Test
    void theSameDigestIsFoundAfterARestart() throws IOException {
        var found = DigestAnswer.found(registry.push("team/app", "tag-0", "image"));
        passUntil(0, found);
        triggered.clear();

        registry.close();
        await().untilAsserted(() -> {
            pass(STEP);
            assertThat(answer(0)).map(DigestAnswer::reason).contains(Reason.REGISTRY_UNREACHABLE);
        });
        registry.start();
        passUntil(0, found);
        assertThat(triggered).as("the outage and its end").containsExactly("site-0", "site-0");
        var pushed = DigestAnswer.found(registry.push("team/app", "tag-0", "another image"));
        passUntil(0, pushed);
    }
}
