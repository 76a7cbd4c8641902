package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The operator reports each failed login with a cause that a person can fix. */
class LoginFailuresTest {

    private static final DatabaseConnection DATABASE = DatabaseObjects.connection(
                    environment().withVerifiedDatabase().plan())
            .orElseThrow();

    private static LoginResult explain(Throwable cause) {
        return LoginFailures.explain(
                new SQLException("The connection attempt failed.", "08001", cause), DATABASE, false);
    }

    /** What the server answers; a function as PostgreSQL adds it, none as poolers do. */
    private static LoginResult answer(String state, String message, String function) {
        return LoginFailures.explain(failure(state, message, function), DATABASE, false);
    }

    private static PSQLException failure(String state, String message, String function) {
        var fields = "SFATAL\0C%s\0M%s\0%s\0".formatted(state, message, function == null ? "" : "R" + function + "\0");
        return new PSQLException(new ServerErrorMessage(fields));
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
                Arguments.of(new EOFException(), Reason.CONNECTION_REFUSED, "closed without an answer"),
                Arguments.of(
                        new SocketException("Connection reset"), Reason.CONNECTION_REFUSED, "closed without an answer"),
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
        var result = explain(cause);
        assertThat(result.reason()).isEqualTo(reason).isIn(LoginResult.FAILURES);
        assertThat(result.message()).contains(expected).doesNotContain("pa55word");
    }

    @Test
    void aNestedCauseIsReported() {
        assertThat(explain(new RuntimeException(new RuntimeException(new UnknownHostException("db.internal"))))
                        .reason())
                .isEqualTo(Reason.DNS_FAILED);
    }

    @Test
    void whateverFailsAfterTheDeadlineIsATimeOut() {
        var closed = new SocketException("Socket closed");
        assertThat(LoginFailures.explain(closed, DATABASE, true).reason()).isEqualTo(Reason.CONNECTION_TIMEOUT);
    }

    /** The list that docs/conditions.md prints. */
    @ParameterizedTest
    @EnumSource
    void everyErrorOfTheListIsExplainedByItsOwnSentence(ServerError error) {
        var state = (error.state() + "99999").substring(0, 5);
        var words = "in the server's words" + Objects.requireNonNullElse(error.words(), "");
        var result = answer(error.state().isEmpty() ? "XX000" : state, words, error.function());
        assertThat(result.reason()).isEqualTo(error.reason()).isIn(LoginResult.FAILURES);
        assertThat(result).isEqualTo(error.explain(DATABASE, words));
        assertThat(result.message())
                .contains("10.42.0.1:5432")
                .doesNotContain("%", "null")
                .endsWith(".");
        assertThat(result.loggedIn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "53300, TooManyConnections",
        "53200, ConnectionRefused",
        "57P03, ConnectionRefused",
        "28P01, AuthenticationFailed",
        "28000, HostNotPermitted",
        "3D000, DatabaseNotFound",
        "42501, LoginNotPermitted",
        "25006, ReadOnlyServer",
        "08P01, ConnectionRefused",
        "99999, ConnectionRefused"
    })
    void anAnswerWithoutAFunctionIsExplainedByItsState(String state, String reason) {
        assertThat(answer(state, "words", null).reason()).hasToString(reason);
    }

    /** Messages depend on the server's language. */
    @Test
    void aRoleWithoutLoginIsToldFromAMissingPgHbaLineByTheFunction() {
        var role = answer("28000", "Rolle »app« darf nicht anmelden", "InitializeSessionUserId");
        assertThat(role.reason()).isEqualTo(Reason.LOGIN_NOT_PERMITTED);
        var client = answer("28000", "kein pg_hba.conf-Eintrag", "ClientAuthentication");
        assertThat(client.reason()).isEqualTo(Reason.HOST_NOT_PERMITTED);
    }

    /** Only methods with a password of PostgreSQL's own have a SQLSTATE of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"LDAP", "Ident", "PAM", "RADIUS", "certificate"})
    void aMethodThatRefusesIsNoMissingPgHbaLine(String method) {
        var result = answer("28000", method + " authentication failed for user \"app\"", "auth_failed");
        assertThat(result.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(LoginFailures.concernsTls(failure("28000", "refused", "auth_failed")))
                .as("a password that is refused is not sent again without TLS")
                .isFalse();
        assertThat(result.message())
                .contains(method + " authentication failed")
                .doesNotContain("has no pg_hba.conf", "Add a line");
    }

    /** PgBouncer has one SQLSTATE for its own errors, and English messages only. */
    @ParameterizedTest
    @CsvSource({
        "no more connections allowed (max_client_conn), TooManyConnections",
        "client connections exceeded (max_db_client_connections), TooManyConnections",
        "client connections exceeded (max_user_client_connections), TooManyConnections",
        "server login has been failing, ConnectionRefused",
        "query_wait_timeout, ConnectionRefused"
    })
    void aPoolerThatRefusesIsReportedInItsWords(String message, String reason) {
        var result = answer("08P01", message, null);
        assertThat(result.reason()).hasToString(reason);
        assertThat(result.message()).contains(message, "pooler").doesNotContain("does not answer as PostgreSQL does");
    }

    @Test
    void onlyARefusedConnectionAdvisesToCheckListenAddresses() {
        assertThat(answer("53300", "too many connections for role \"app\"", null)
                        .message())
                .contains("too many connections for role")
                .doesNotContain("listen_addresses");
    }
}
