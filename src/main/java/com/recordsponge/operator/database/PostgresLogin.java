package com.recordsponge.operator.database;

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

    /** The application was written against PostgreSQL 10. */
    private static final int OLDEST_MAJOR = 10;

    private final Driver driver = new Driver();
    private final Duration timeout;

    PostgresLogin(Settings settings) {
        this.timeout = settings.database().timeout();
    }

    @Override
    public LoginResult tryLogin(DatabaseConnection database) {
        var url = "jdbc:postgresql://%s/%s".formatted(database.endpoint(), database.name());
        try (var connection = driver.connect(url, properties(database))) {
            var metadata = connection.getMetaData();
            var version = metadata.getDatabaseProductVersion();
            if (metadata.getDatabaseMajorVersion() < OLDEST_MAJOR) {
                return LoginResult.failure(
                        "ServerTooOld",
                        "%s runs PostgreSQL %s; version %d or newer is needed."
                                .formatted(database.endpoint(), version, OLDEST_MAJOR));
            }
            return LoginResult.success(
                    "%s logs in to %s on %s.".formatted(database.username(), database.name(), database.endpoint()),
                    version,
                    ServerAddresses.of(database.host()));
        } catch (UnknownHostException _) {
            return LoginFailures.unresolved(database);
        } catch (SQLException e) {
            return LoginFailures.explain(e, database);
        }
    }

    private Properties properties(DatabaseConnection database) {
        var seconds = Long.toString(Math.max(1, timeout.toSeconds()));
        var properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "recordsponge-operator");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("sslmode", database.sslMode().libpq());
        if (database.sslMode() == SslMode.VERIFY_CA || database.sslMode() == SslMode.VERIFY_FULL) {
            properties.setProperty("sslfactory", CaBundleSocketFactory.class.getName());
            properties.setProperty("sslfactoryarg", database.caCertificate());
        }
        return properties;
    }
}
