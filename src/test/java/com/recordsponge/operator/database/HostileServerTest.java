package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.database.FakeServer.Script;
import com.recordsponge.operator.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever answers at a server's port takes neither the operator's memory nor its time, and shows no password. */
@Timeout(60)
class HostileServerTest {

    private static final String PASSWORD = "Tr0ub4dor&3";

    /** A busy machine is not the server's fault. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofSeconds(2);

    private static LoginResult logIn(FakeServer server, String sslMode, Duration patience) {
        var site = environment()
                .withDatabase()
                .secret("credentials", Map.of("username", "app", "password", PASSWORD))
                .with("database.host", server.address())
                .with("database.port", Integer.toString(server.port()))
                .with("database.sslMode", sslMode);
        return new PostgresLogin(patience)
                .tryLogin(DatabaseObjects.connection(site.plan()).orElseThrow());
    }

    private static LoginResult logIn(Script script) throws IOException {
        return logIn(script, LONG);
    }

    private static LoginResult logIn(Script script, Duration patience) throws IOException {
        try (var server = new FakeServer(script)) {
            return logIn(server, "disable", patience);
        }
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("an error of 2 GiB", session -> session.readStart().send('E', Integer.MAX_VALUE, new byte[0])),
                lie("an error of 2 GiB that is really sent", HostileServerTest::sendForEver),
                lie("a request for a password of 2 GiB", session -> session.readStart()
                        .send('R', Integer.MAX_VALUE, FakeServer.numbers(11))),
                lie("a negative length", session -> session.readStart().send('R', -1, FakeServer.numbers(10))),
                lie("endless notices", HostileServerTest::sendNotices),
                lie("a column of 2 GiB", session -> {
                    session.readStart().admit("17.5").read();
                    session.send('D', new byte[] {0, 1, 0x7f, -1, -1, -1});
                }),
                lie("Kerberos", session -> session.readStart().send('R', FakeServer.numbers(7))),
                lie("2 billion rounds of SCRAM", HostileServerTest::requireRounds),
                lie("a web server", session -> {
                    session.readStart();
                    session.out().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                }));
    }

    private static Arguments lie(String name, Script script) {
        return Arguments.of(name, (Script) session -> {
            script.run(session);
            session.hold();
        });
    }

    private static void sendNotices(FakeServer.Session session) throws IOException {
        session.readStart().send('R', FakeServer.numbers(0));
        for (var index = 0; index < 1000; index++) {
            session.send('N', FakeServer.text("SNOTICE", "C00000", "M" + "x".repeat(10_000), ""));
        }
    }

    private static void sendForEver(FakeServer.Session session) throws IOException {
        session.readStart().send('E', Integer.MAX_VALUE, new byte[0]);
        for (var part = new byte[1024 * 1024]; ; ) {
            session.out().write(part);
        }
    }

    private static void requireRounds(FakeServer.Session session) throws IOException {
        session.readStart().send('R', join(FakeServer.numbers(10), FakeServer.text("SCRAM-SHA-256", "")));
        var first = session.read();
        var nonce = first.substring(first.indexOf("r=") + 2);
        session.send(
                'R',
                join(FakeServer.numbers(11), ("r=%s-server,s=c2FsdA==,i=2000000000".formatted(nonce)).getBytes(UTF_8)));
    }

    private static byte[] join(byte[] first, byte[] second) {
        var both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void anAnswerOutOfBoundsEndsTheLogin(String name, Script script) throws IOException {
        var result = logIn(script);
        assertThat(result.reason()).as(result.message()).isEqualTo(Reason.CONNECTION_REFUSED);
        assertThat(result.message())
                .contains("does not answer as PostgreSQL does")
                .doesNotContain(PASSWORD);
    }

    @Test
    void anAnswerOutOfBoundsEndsTheLoginUnderTlsToo(@TempDir Path folder) throws Exception {
        try (var server = tlsServer(folder, session -> {
            session.readStart();
            session.send('E', Integer.MAX_VALUE, new byte[0]).hold();
        })) {
            var result = logIn(server, "require", LONG);
            assertThat(result.message()).contains("does not answer as PostgreSQL does");
        }
    }

    /** Speaks TLS after a request for it. */
    private static FakeServer tlsServer(Path folder, Script script) throws Exception {
        var file = folder.resolve("server.p12");
        Command.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString());
        var store = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(file)) {
            store.load(content, "changeit".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new FakeServer(session -> {
            session.readStart().out().write('S');
            try (var tls = (javax.net.ssl.SSLSocket) context.getSocketFactory()
                    .createSocket(session.socket(), null, session.socket().getPort(), false)) {
                tls.setUseClientMode(false);
                script.run(new FakeServer.Session(tls));
            }
        });
    }

    /** Each byte arrives within any time-out of a single read. */
    @Test
    void aServerThatDripsEndsAtTheDeadline() throws IOException {
        try (var drips = Executors.newSingleThreadScheduledExecutor()) {
            var result = logIn(
                    session -> {
                        session.readStart().send('E', 10_000, new byte[0]);
                        drips.scheduleAtFixedRate(() -> drip(session), 0, 100, TimeUnit.MILLISECONDS);
                        session.hold();
                    },
                    SHORT);
            drips.shutdownNow();
            assertThat(result.reason()).as(result.message()).isEqualTo(Reason.CONNECTION_TIMEOUT);
        }
    }

    private static void drip(FakeServer.Session session) {
        try {
            session.out().write('x');
        } catch (IOException _) {
            // The client has closed the connection.
        }
    }

    @Test
    void aServerThatSaysNothingEndsAtTheDeadline() throws IOException {
        assertThat(logIn(session -> session.hold(), SHORT).reason()).isEqualTo(Reason.CONNECTION_TIMEOUT);
    }

    @Test
    void aConnectionThatIsClosedAtOnceIsReported() throws IOException {
        var result = logIn(session -> session.readStart());
        assertThat(result.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        assertThat(result.message()).contains("closed without an answer");
    }

    static Stream<String> echoes() {
        return Stream.of(
                PASSWORD,
                PASSWORD.toUpperCase(),
                "Tr0u\u0000b4dor&3",
                "Tr0u\nb4dor&3",
                Base64.getEncoder().encodeToString(PASSWORD.getBytes(UTF_8)),
                "postgresql://app:Tr0ub4dor%263@db/app");
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void aServerThatEchoesThePasswordIsNotQuoted(String echo) throws IOException {
        var result = logIn(session -> {
            session.readStart().send('R', FakeServer.numbers(3)).read();
            session.error("57P03", "you sent " + echo.replace('\0', ' ') + ", thanks")
                    .hold();
        });
        assertThat(result.message())
                .contains("(a message with the password in it)")
                .doesNotContain(echo);
    }

    @Test
    void aVersionWithThePasswordIsNotShown() throws IOException {
        var result =
                logIn(session -> session.readStart().admit("17.5 " + PASSWORD).hold());
        assertThat(result.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aLongMessageWithControlCharactersIsOneShortLine() throws IOException {
        var result = logIn(session -> session.readStart()
                .error("57P03", "first\u001b[31m\r\nsecond\u202e " + "x".repeat(5_000))
                .hold());
        assertThat(result.message())
                .contains("first [31m second x")
                .hasSizeLessThan(ForeignText.LONGEST + 200)
                .matches("\\P{Cntrl}*");
    }
}
