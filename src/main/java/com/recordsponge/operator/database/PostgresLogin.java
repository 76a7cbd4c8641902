package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.check.Deadline;
import com.recordsponge.operator.runtime.Settings;
import io.netty.util.NetUtil;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Logs in with PostgreSQL's own driver, under the same TLS rules as the application's libpq. The driver works over a socket that
 * {@link ServerSockets} has opened, within a deadline and with bounds on what it reads.
 */
@Singleton
class PostgresLogin implements DatabaseLogin {

    /** The application was written for PostgreSQL 10. */
    private static final int OLDEST_MAJOR = 10;

    private final Driver driver = new Driver();
    private final Duration timeout;

    @Inject
    PostgresLogin(Settings settings) {
        this(settings.database().timeout());
    }

    /** @param timeout of a whole login */
    PostgresLogin(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public LoginResult tryLogin(DatabaseConnection connection) {
        try (var deadline = new Deadline(timeout)) {
            try {
                return logIn(connection, ServerAddresses.of(connection, deadline), deadline);
            } catch (IOException | GeneralSecurityException | SQLException e) {
                return LoginFailures.explain(e, connection, deadline.passed());
            }
        }
    }

    private LoginResult logIn(DatabaseConnection connection, List<InetAddress> addresses, Deadline deadline)
            throws IOException, GeneralSecurityException, SQLException {
        try {
            return logIn(connection, addresses, connection.sslMode() != SslMode.DISABLE, deadline);
        } catch (IOException | SQLException e) {
            if (connection.sslMode() != SslMode.PREFER || !LoginFailures.concernsTls(e)) {
                throw e;
            }
            try {
                return logIn(connection, addresses, false, deadline);
            } catch (IOException | SQLException without) {
                e.addSuppressed(without);
                throw e;
            }
        }
    }

    private LoginResult logIn(
            DatabaseConnection connection, List<InetAddress> addresses, boolean encrypted, Deadline deadline)
            throws IOException, GeneralSecurityException, SQLException {
        var url = "jdbc:postgresql://%s/%s".formatted(connection.endpoint(), connection.name());
        try (var socket = ServerSockets.open(connection, addresses, encrypted, deadline);
                var session = socket.call(() -> driver.connect(url, properties(connection)))) {
            return result(connection, addresses, session);
        }
    }

    private static LoginResult result(DatabaseConnection connection, List<InetAddress> addresses, Connection session)
            throws SQLException {
        var metadata = session.getMetaData();
        var version = ForeignText.version(metadata.getDatabaseProductVersion(), connection);
        if (metadata.getDatabaseMajorVersion() < OLDEST_MAJOR) {
            return LoginResult.failure(
                    Reason.SERVER_TOO_OLD,
                    "%s runs PostgreSQL %s; upgrade it to %d or newer."
                            .formatted(connection.endpoint(), version, OLDEST_MAJOR));
        }
        if (isReadOnly(session)) {
            return ServerError.READ_ONLY.explain(connection, null);
        }
        return LoginResult.success(
                "%s logs in to %s on %s.".formatted(connection.username(), connection.name(), connection.endpoint()),
                version,
                addresses.stream().map(NetUtil::toAddressString).sorted().toList());
    }

    /** True on a standby, and under default_transaction_read_only. */
    private static boolean isReadOnly(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var answer = statement.executeQuery("SHOW transaction_read_only")) {
            return answer.next() && "on".equals(answer.getString(1));
        }
    }

    /** TLS is not the driver's part; Kerberos is not used. */
    private static Properties properties(DatabaseConnection connection) {
        var properties = new Properties();
        properties.setProperty("user", connection.username());
        properties.setProperty("password", connection.password());
        properties.setProperty("ApplicationName", "recordsponge-operator");
        properties.setProperty("socketFactory", LoginSocket.Factory.class.getName());
        properties.setProperty("sslmode", SslMode.DISABLE.libpq());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("preferQueryMode", "simple");
        return properties;
    }
}
