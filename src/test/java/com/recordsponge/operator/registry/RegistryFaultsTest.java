package com.recordsponge.operator.registry;

import static com.recordsponge.operator.registry.ScriptedRegistry.body;
import static com.recordsponge.operator.registry.ScriptedRegistry.endless;
import static com.recordsponge.operator.registry.ScriptedRegistry.head;
import static com.recordsponge.operator.registry.ScriptedRegistry.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.ScriptedRegistry.Request;
import com.recordsponge.operator.registry.ScriptedRegistry.Script;
import com.recordsponge.operator.support.TestRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference implementation of a registry, behind a proxy that breaks its answers: each fault is named, and passes. */
@Timeout(60)
class RegistryFaultsTest {

    private static final Credential USER = new Credential(TestRegistry.USER, TestRegistry.PASSWORD, "");

    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static TestRegistry registry;
    private static ScriptedRegistry proxy;
    private static ForwardedRequests upstream;
    private static Registries registries;
    private static String digest;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        vertx = Vertx.vertx();
        var identity = TlsIdentity.create(folder);
        registry = new TestRegistry(folder);
        digest = registry.push("team/app", "staging", "first");
        proxy = new ScriptedRegistry(identity);
        upstream = new ForwardedRequests(registry.host(), identity);
        registries = Registries.read(proxy.configuration(folder));
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
        proxy.close();
        registry.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void passAll() {
        proxy.answer(upstream::forward);
    }

    /** What the proxy answers in place of the registry. */
    private enum Fault {
        UNAUTHORIZED(
                _ -> response(401, "WWW-Authenticate: Basic realm=\"test\""),
                Reason.REGISTRY_UNAUTHORIZED,
                "imagePullSecrets"),
        NOT_FOUND(_ -> response(404), Reason.MANIFEST_NOT_FOUND, "has no image"),
        LIMIT(_ -> response(429), Reason.REGISTRY_LIMIT, "asks again"),
        LIMIT_FOR_A_TIME(_ -> response(429, "Retry-After: 30"), Reason.REGISTRY_LIMIT, "asks again"),
        ERROR(_ -> response(500), Reason.REGISTRY_UNREACHABLE, "answers 500"),
        ERROR_WITH_A_PAGE(
                _ -> body(502, "<html>Bad gateway</html>", "Content-Type: text/html"),
                Reason.REGISTRY_UNREACHABLE,
                "answers 502"),
        SILENCE(_ -> proxy.silence(), Reason.REGISTRY_UNREACHABLE, "did not answer in time"),
        SLOW_BODY(
                withoutDigest(_ -> ScriptedRegistry.dripping()), Reason.REGISTRY_UNREACHABLE, "did not answer in time"),
        HUGE_BODY(
                withoutDigest(_ -> endless("Content-Length: 99999999999")),
                Reason.REGISTRY_UNREACHABLE,
                "more than 4194304 bytes"),
        BROKEN_DIGEST(_ -> response(200, "Docker-Content-Digest: sha256:d"), Reason.REGISTRY_UNREACHABLE, "no SHA-256"),
        SCHEMA_1(
                _ -> response(
                        200,
                        "Docker-Content-Digest: " + digest,
                        "Content-Type: application/vnd.docker.distribution.manifest.v1+prettyjws"),
                Reason.MANIFEST_NOT_FOUND,
                "schema 1"),
        CUT_OFF(
                _ -> output -> output.write("HTTP/1.1 200 OK\r\nDocker-Cont".getBytes()),
                Reason.REGISTRY_UNREACHABLE,
                "no HTTP response");

        private final Function<Request, Script> answer;
        private final Reason reason;
        private final String words;

        Fault(Function<Request, Script> answer, Reason reason, String words) {
            this.answer = answer;
            this.reason = reason;
            this.words = words;
        }

        /** Short where the fault is to exceed it, else longer than a busy machine needs. */
        private Duration timeout() {
            return this == SILENCE || this == SLOW_BODY ? Duration.ofSeconds(1) : PATIENT;
        }

        private static Function<Request, Script> withoutDigest(Function<Request, Script> manifest) {
            return request -> request.method().equals("HEAD")
                    ? output -> output.write(head(200, new String[0]))
                    : manifest.apply(request);
        }
    }

    /** Which requests a fault hits: all, or only those after the login. */
    private enum Moment {
        ALWAYS,
        LOGGED_IN;

        boolean hits(Request request) {
            return this == ALWAYS || !request.authorization().isEmpty();
        }
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> Arrays.stream(Moment.values()).map(moment -> arguments(fault, moment)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNamedAndPasses(Fault fault, Moment moment) {
        var before = ask(Optional.empty());
        assertThat(before.answer()).isEqualTo(DigestAnswer.found(digest));

        proxy.answer(request -> moment.hits(request) ? fault.answer.apply(request) : upstream.forward(request));
        var during = ask(fault.timeout(), Optional.of(before));
        assertThat(during.answer().reason()).as(during.answer().message()).isEqualTo(fault.reason);
        assertThat(during.answer().message())
                .contains(proxy.host(), fault.words)
                .doesNotContain(TestRegistry.PASSWORD, "html");
        assertThat(during.answer().digest()).isEmpty();
        assertThat(during.retryAfter())
                .isEqualTo(Optional.of(Duration.ofSeconds(30)).filter(_ -> fault == Fault.LIMIT_FOR_A_TIME));

        passAll();
        assertThat(ask(Optional.of(before))).isEqualTo(before);
        assertThat(ask(Optional.empty())).isEqualTo(before);
    }

    /** What proxies and caches change, and what is no fault. */
    private enum Change {
        NO_DIGEST("docker-content-digest", Optional.empty()),
        NO_ETAG("etag", Optional.empty()),
        MANIFEST_LIST("content-type", Optional.of("application/vnd.docker.distribution.manifest.list.v2+json"));

        private final String header;
        private final Optional<String> value;

        Change(String header, Optional<String> value) {
            this.header = header;
            this.value = value;
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aProxyThatChangesAHeaderChangesNoDigest(Change change) {
        proxy.answer(request -> upstream.forward(request, change.header, change.value));
        assertThat(ask(Optional.empty()).answer()).isEqualTo(DigestAnswer.found(digest));
    }

    private static RegistryReply ask(Optional<RegistryReply> last) {
        return ask(PATIENT, last);
    }

    private static RegistryReply ask(Duration timeout, Optional<RegistryReply> last) {
        var client = new DistributionClient(new VertxTransport(vertx), registries, Clock.systemUTC(), timeout);
        return client.ask(new DigestQuery(ImageReference.parse(proxy.host() + "/team/app:staging"), USER), last);
    }
}
