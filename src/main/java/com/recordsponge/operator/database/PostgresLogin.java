package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.SslMode;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** Logs in with PostgreSQL's own driver, under the same TLS rules as the application's libpq. */
@Singleton
class PostgresLogin implements DatabaseLogin {

    /** The application was written for PostgreSQL 10. */
    private static final int OLDEST_MAJOR = 10;

    private final Driver driver = new Driver();
    private final Duration timeout;

    PostgresLogin(Settings settings) {
        this.timeout = settings.database().timeout();
    }

    @Override
    public LoginResult tryLogin(DatabaseConnection connection) {
        var url = "jdbc:postgresql://%s/%s".formatted(connection.endpoint(), connection.name());
        try (var session = driver.connect(url, properties(connection))) {
            var metadata = session.getMetaData();
            var version = metadata.getDatabaseProductVersion();
            if (metadata.getDatabaseMajorVersion() < OLDEST_MAJOR) {
                return LoginResult.failure(
                        Reason.SERVER_TOO_OLD,
                        "%s runs PostgreSQL %s; upgrade it to %d or newer."
                                .formatted(connection.endpoint(), version, OLDEST_MAJOR));
            }
            return LoginResult.success(
                    "%s logs in to %s on %s."
                            .formatted(connection.username(), connection.name(), connection.endpoint()),
                    version,
                    ServerAddresses.of(connection.host()));
        } catch (UnknownHostException _) {
            return LoginFailures.unresolved(connection);
        } catch (SQLException e) {
            return LoginFailures.explain(e, connection);
        }
    }

    private Properties properties(DatabaseConnection connection) {
        var seconds = Long.toString(Math.max(1, timeout.toSeconds()));
        var properties = new Properties();
        properties.setProperty("user", connection.username());
        properties.setProperty("password", connection.password());
        properties.setProperty("ApplicationName", "recordsponge-operator");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("sslmode", connection.sslMode().libpq());
        if (connection.sslMode() == SslMode.VERIFY_CA || connection.sslMode() == SslMode.VERIFY_FULL) {
            properties.setProperty("sslfactory", CaBundleSocketFactory.class.getName());
            properties.setProperty("sslfactoryarg", connection.caCertificate());
        }
        return properties;
    }
}
