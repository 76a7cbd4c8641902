package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator reports each failed login with a cause that a person can fix. */
class LoginFailuresTest {

    private static final DatabaseConnection DATABASE = DatabaseObjects.connection(
                    environment().withVerifiedDatabase().plan())
            .orElseThrow();

    private static LoginResult explain(String message, String sqlState, Throwable cause) {
        return LoginFailures.explain(new SQLException(message, sqlState, cause), DATABASE);
    }

    static Stream<Arguments> brokenConnections() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db.internal"), Reason.DNS_FAILED, "does not resolve"),
                Arguments.of(
                        new SocketTimeoutException("Connect timed out"),
                        Reason.CONNECTION_TIMEOUT,
                        "10.42.0.1:5432 does not answer"),
                Arguments.of(
                        new ConnectException("Connection refused"),
                        Reason.CONNECTION_REFUSED,
                        "10.42.0.1:5432 refuses connections"),
                Arguments.of(
                        new NoRouteToHostException("No route to host"),
                        Reason.CONNECTION_REFUSED,
                        "10.42.0.1:5432 refuses"),
                Arguments.of(
                        new SSLHandshakeException("bad_certificate"),
                        Reason.TLS_FAILED,
                        "under sslMode verify-full; check the server's ssl settings and certificate: bad_certificate"),
                Arguments.of(
                        new SSLHandshakeException("outer").initCause(new CertificateException("path does not chain")),
                        Reason.TLS_FAILED,
                        "path does not chain"),
                Arguments.of(new CertificateException("not PEM"), Reason.TLS_FAILED, "not PEM"));
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void theCauseOfABrokenConnectionIsReported(Throwable cause, Reason reason, String expected) {
        var result = explain("The connection attempt failed.", "08001", cause);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.message()).contains(expected).doesNotContain("pa55word");
    }

    @Test
    void aNestedCauseIsReported() {
        var deep = new RuntimeException(new RuntimeException(new UnknownHostException("db.internal")));
        assertThat(explain("failed", "08001", deep).reason()).isEqualTo(Reason.DNS_FAILED);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(
                        "28000",
                        "FATAL: no pg_hba.conf entry for host \"10.42.0.7\"",
                        Reason.HOST_NOT_PERMITTED,
                        "host \"10.42.0.7\""),
                Arguments.of(
                        "28P01",
                        "FATAL: password authentication failed",
                        Reason.AUTHENTICATION_FAILED,
                        "the password of app"),
                Arguments.of(
                        "3D000",
                        "FATAL: database does not exist",
                        Reason.DATABASE_NOT_FOUND,
                        "Database record_expunge does not exist"),
                Arguments.of("42501", "FATAL: permission denied", Reason.AUTHENTICATION_FAILED, "grant it CONNECT"),
                Arguments.of("08004", "The server does not support SSL.", Reason.TLS_FAILED, "does not support SSL"),
                Arguments.of(
                        "08006",
                        "The hostname 10.42.0.1 could not be verified by hostnameverifier PgjdbcHostnameVerifier.",
                        Reason.TLS_FAILED,
                        "hostname 10.42.0.1"),
                Arguments.of("08006", "An I/O error occurred.", Reason.CONNECTION_REFUSED, "An I/O error occurred."),
                Arguments.of(
                        "57P03",
                        "FATAL: the database system is starting up",
                        Reason.CONNECTION_REFUSED,
                        "is starting up"),
                Arguments.of(
                        "53300",
                        "FATAL: sorry, too many clients already 100%",
                        Reason.CONNECTION_REFUSED,
                        "too many clients already 100%"),
                Arguments.of(null, "unknown", Reason.CONNECTION_REFUSED, "10.42.0.1:5432: unknown"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theSqlStateDeterminesTheReason(String sqlState, String message, Reason reason, String expected) {
        var result = explain(message, sqlState, null);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.message()).contains(expected).doesNotContain("pa55word");
    }

    @Test
    void aFailureHasNoServerVersion() {
        var result = explain("FATAL", "28P01", null);
        assertThat(result.serverVersion()).isNull();
        assertThat(result.loggedIn()).isFalse();
    }

    @Test
    void theSqlStateSufficesWithoutAMessage() {
        assertThat(explain(null, "08006", null).reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        assertThat(explain(null, "28000", null).reason()).isEqualTo(Reason.HOST_NOT_PERMITTED);
    }
}
