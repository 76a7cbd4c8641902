package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.registry.DigestQuery;
import com.recordsponge.operator.registry.VertxTransport;
import com.recordsponge.operator.runtime.Settings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint for notifications of registries: who may use it, and what it tells. */
class PushEndpointTest {

    private static final String SECRET = "a-secret-of-the-registry";
    private static final String PUSH = "{\"repository\": \"recordsponge/app\"}";
    private static final String AUTHORIZATION = "Authorization";
    private static final Duration LONGEST_BODY = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<PushNotice> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private volatile boolean standsBy;
    private String url;

    private final Digests digests = new Digests() {
        @Override
        public Optional<DigestAnswer> answer(
                RecordSpongeEnvironment environment, DigestQuery question, QueryTerms terms) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean pushed(PushNotice notice) {
            received.add(notice);
            return !standsBy;
        }

        @Override
        public void release(RecordSpongeEnvironment environment) {
            throw new UnsupportedOperationException();
        }
    };

    @BeforeEach
    void start() {
        var server = vertx.createHttpServer()
                .requestHandler(request -> router.handle(request))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        url = "http://127.0.0.1:" + server.actualPort();
        register(SECRET, router);
    }

    private void register(String secret, Router router) {
        var peers = new PushPeers(new VertxTransport(vertx), settings(secret));
        var bodies = new BoundedBody(vertx, LONGEST_BODY);
        new PushEndpoint(settings(secret), new PushReceiver(digests, peers), bodies).register(router);
    }

    private Settings.Images settings(String secret) {
        return new Settings.Images() {
            @Override
            public Optional<Path> registries() {
                return Optional.empty();
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(30);
            }

            @Override
            public Optional<String> pushSecret() {
                return Optional.of(secret);
            }

            @Override
            public Optional<String> pushPeers() {
                return Optional.of(url);
            }
        };
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int post(String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String sign(String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    @Test
    void aSenderProvesItselfInOneOfThreeWays() throws Exception {
        assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer " + SECRET)).isEqualTo(202);
        assertThat(post("/push/", PUSH, "X-Hub-Signature-256", sign(PUSH))).isEqualTo(202);
        assertThat(post("/push/" + SECRET, PUSH)).isEqualTo(202);
        await().untilAsserted(() -> assertThat(received).hasSize(3));
    }

    @Test
    void whoeverElseGetsTheSameAnswerToEverything() throws Exception {
        assertThat(post("/push/", PUSH)).isEqualTo(404);
        assertThat(post("/push/other", PUSH)).isEqualTo(404);
        assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer other")).isEqualTo(404);
        assertThat(post("/push/", PUSH + " ", "X-Hub-Signature-256", sign(PUSH)))
                .isEqualTo(404);
        assertThat(post("/push/", PUSH, "X-Hub-Signature-256", "sha256=zz")).isEqualTo(404);
        assertThat(post("/nothing", PUSH)).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void withABlankSecretNothingIsReceived(String secret) {
        var blank = Router.router(vertx);
        register(secret, blank);
        assertThat(blank.getRoutes()).isEmpty();
        assertThat(router.getRoutes()).isNotEmpty();
    }

    @Test
    void whatIsNotJsonIsIgnored() throws Exception {
        assertThat(post("/push/", "{", AUTHORIZATION, "Bearer " + SECRET)).isEqualTo(202);
        assertThat(post("/push/", "[".repeat(5000), AUTHORIZATION, "Bearer " + SECRET))
                .isEqualTo(202);
        assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer " + SECRET)).isEqualTo(202);
        await().untilAsserted(() -> assertThat(received).hasSize(1));
    }

    /** Begins a notification that never ends. */
    private Socket begin(String headers) throws IOException {
        var uri = URI.create(url);
        var socket = new Socket(uri.getHost(), uri.getPort());
        sockets.add(socket);
        socket.getOutputStream()
                .write("POST /push/ HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n%s\r\n\r\n{"
                        .formatted(headers)
                        .getBytes(UTF_8));
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }

    private List<Socket> answered() throws IOException {
        var answered = new ArrayList<Socket>();
        for (var socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                answered.add(socket);
            }
        }
        return answered;
    }

    @Test
    void whoeverProvesNothingIsNotListenedTo() throws Exception {
        assertThat(statusLine(begin("X-Other: 1"))).contains(" 404 ");
    }

    /** They need little memory, and keep nobody else from being heard. */
    @Test
    void forgedSignaturesOccupyFewSlotsForAShortTime() throws Exception {
        var forged = "X-Hub-Signature-256: sha256=" + "0".repeat(64);
        for (var number = 0; number <= PushEndpoint.AT_ONCE; number++) {
            begin(forged);
        }
        await().until(() -> answered().size() == 1);
        var refused = answered().getFirst();
        assertThat(statusLine(refused)).contains(" 429 ");
        assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer " + SECRET)).isEqualTo(202);
        sockets.remove(refused);
        for (var socket : sockets) {
            assertThat(statusLine(socket)).contains(" 408 ");
        }
        await().untilAsserted(() -> assertThat(post("/push/", PUSH, "X-Hub-Signature-256", sign(PUSH)))
                .isEqualTo(202));
    }

    @Test
    void aConnectionThatBreaksFreesItsSlot() throws Exception {
        for (var attempt = 0; attempt < 2 * PushEndpoint.AT_ONCE; attempt++) {
            begin("Authorization: Bearer " + SECRET);
            sockets.getLast().close();
        }
        await().atMost(LONGEST_BODY)
                .untilAsserted(() -> assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer " + SECRET))
                        .isEqualTo(202));
    }

    @Test
    void aHugeBodyIsRefused() throws Exception {
        assertThat(post("/push/", "x".repeat(300_000), AUTHORIZATION, "Bearer " + SECRET))
                .isEqualTo(413);
    }

    /** Here the name of all replicas leads back to the same one, which must not pass it on again. */
    @Test
    void aReplicaThatStandsByPassesItOnOnce() throws Exception {
        standsBy = true;
        assertThat(post("/push/", PUSH, AUTHORIZATION, "Bearer " + SECRET)).isEqualTo(202);
        await().untilAsserted(() -> assertThat(received).hasSize(2));
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(received).hasSize(2));
    }
}
