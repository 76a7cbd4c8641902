package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.TestPostgres;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real PostgreSQL server answers, and what people are told of it. */
class PostgresLoginTest {

    private static final String PASSWORD = "S3cret-of-a-test";

    private static final PostgresLogin LOGIN = new PostgresLogin(new DefaultSettings());

    private static TestPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = new TestPostgres();
        server.setPassword(PASSWORD);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static EnvironmentFixture site() {
        return credentials(TestPostgres.NAME, PASSWORD)
                .with("database.host", server.address())
                .with("database.port", Integer.toString(server.port()))
                .with("database.name", TestPostgres.NAME);
    }

    private static EnvironmentFixture credentials(String username, String password) {
        return environment().withDatabase().secret("credentials", Map.of("username", username, "password", password));
    }

    private static LoginResult logIn(EnvironmentFixture site) {
        return LOGIN.tryLogin(DatabaseObjects.connection(site.plan()).orElseThrow());
    }

    @Test
    void aLoginReportsTheServersVersionAndAddress() {
        var result = logIn(site());
        assertThat(result.reason()).as(result.message()).isEqualTo(Reason.LOGGED_IN);
        assertThat(result.serverVersion()).startsWith("1");
        assertThat(result.addresses()).containsExactly(server.address());
    }

    /** Each with the statement that undoes it. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "ALTER ROLE application NOLOGIN",
                        "ALTER ROLE application LOGIN",
                        Reason.LOGIN_NOT_PERMITTED,
                        "is not permitted to log in"),
                Arguments.of(
                        "REVOKE CONNECT ON DATABASE application FROM PUBLIC, application",
                        "GRANT CONNECT ON DATABASE application TO PUBLIC, application",
                        Reason.LOGIN_NOT_PERMITTED,
                        "grant it CONNECT"),
                Arguments.of(
                        "ALTER ROLE application CONNECTION LIMIT 0",
                        "ALTER ROLE application CONNECTION LIMIT -1",
                        Reason.TOO_MANY_CONNECTIONS,
                        "too many connections for role"),
                Arguments.of(
                        "ALTER DATABASE application CONNECTION LIMIT 0",
                        "ALTER DATABASE application CONNECTION LIMIT -1",
                        Reason.TOO_MANY_CONNECTIONS,
                        "too many connections for database"),
                Arguments.of(
                        "ALTER DATABASE application SET default_transaction_read_only = on",
                        "ALTER DATABASE application RESET default_transaction_read_only",
                        Reason.READ_ONLY_SERVER,
                        "accepts no writes"),
                Arguments.of(
                        "ALTER DATABASE application ALLOW_CONNECTIONS false",
                        "ALTER DATABASE application ALLOW_CONNECTIONS true",
                        Reason.CONNECTION_REFUSED,
                        "ALLOW_CONNECTIONS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsReportedByItsCause(String statement, String undo, Reason reason, String told) throws IOException {
        server.sql(statement);
        try {
            var result = logIn(site());
            assertThat(result.reason()).as(result.message()).isEqualTo(reason);
            assertThat(result.message()).contains(told).doesNotContain("listen_addresses", "pg_hba");
        } finally {
            server.sql(undo);
        }
    }

    @Test
    void aWrongPasswordIsReported() {
        var result = logIn(site().secret("credentials", Map.of("username", TestPostgres.NAME, "password", "wrong")));
        assertThat(result.reason()).as(result.message()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void aClientThatPgHbaDoesNotAdmitIsReported() {
        var result = logIn(site().secret("credentials", Map.of("username", "postgres", "password", PASSWORD)));
        assertThat(result.reason()).as(result.message()).isEqualTo(Reason.HOST_NOT_PERMITTED);
        assertThat(result.message()).contains("no pg_hba.conf entry for host");
    }

    @Test
    void anAbsentDatabaseIsReported() {
        assertThat(logIn(site().with("database.name", "absent")).reason()).isEqualTo(Reason.DATABASE_NOT_FOUND);
    }

    @Test
    void aPortWithoutAServerIsReported() throws IOException {
        var result = logIn(site().with("database.port", Integer.toString(FreePort.find())));
        assertThat(result.reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        assertThat(result.message()).contains("listen_addresses");
    }

    @Test
    void tlsIsRequestedAndVerifiedAsTheSpecSays() throws IOException {
        assertThat(logIn(site().with("database.sslMode", "require")).message())
                .contains("the server does not support TLS");
        var authority = server.offerTls();
        await().untilAsserted(() -> assertThat(
                        logIn(site().with("database.sslMode", "require")).reason())
                .isEqualTo(Reason.LOGGED_IN));
        assertThat(logIn(site().with("database.sslMode", "prefer")).reason()).isEqualTo(Reason.LOGGED_IN);
        assertThat(logIn(verified(authority)).reason()).isEqualTo(Reason.LOGGED_IN);
        var other = verified("no certificate");
        assertThat(logIn(other).reason()).isEqualTo(Reason.TLS_FAILED);
    }

    private static EnvironmentFixture verified(String authority) {
        return site().with("database.sslMode", "verify-full")
                .with("database.caSecretRef", "{name: db-ca, key: ca.crt}")
                .secret("db-ca", Map.of("ca.crt", authority));
    }
}
