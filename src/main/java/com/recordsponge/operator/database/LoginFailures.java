package com.recordsponge.operator.database;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Turns a failed login into its one cause. SQLSTATE codes: PostgreSQL documentation, appendix A. */
final class LoginFailures {

    private LoginFailures() {}

    static LoginResult explain(SQLException failure, DatabaseConnection database) {
        var where = database.endpoint();
        if (causedBy(failure, UnknownHostException.class)) {
            return unresolved(database);
        }
        if (causedBy(failure, SocketTimeoutException.class)) {
            return result(
                    "ConnectionTimeout",
                    "%s does not answer; check the firewall between the pods and the server.",
                    where);
        }
        if (causedBy(failure, ConnectException.class) || causedBy(failure, NoRouteToHostException.class)) {
            return result(
                    "ConnectionRefused",
                    "%s refuses connections; check that PostgreSQL runs and its listen_addresses and port.",
                    where);
        }
        if (causedBy(failure, SSLException.class) || causedBy(failure, GeneralSecurityException.class)) {
            return result(
                    "TlsFailed",
                    "TLS with %s failed under sslMode %s: %s",
                    where,
                    database.sslMode().libpq(),
                    deepest(failure));
        }
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            case "28000" ->
                result(
                        "HostNotPermitted",
                        "%s has no pg_hba.conf entry for this client: %s",
                        where,
                        failure.getMessage());
            case "28P01" ->
                result(
                        "AuthenticationFailed",
                        "%s refuses the password of %s; check the credentials Secret.",
                        where,
                        database.username());
            case "3D000" ->
                result("DatabaseMissing", "Database %s does not exist on %s; create it.", database.name(), where);
            case "42501" ->
                result(
                        "AuthenticationFailed",
                        "%s may not connect to database %s; grant it CONNECT.",
                        database.username(),
                        database.name());
            case "08004", "08001", "08006" -> tlsOrConnection(failure, database);
            default -> result("ConnectionRefused", "%s: %s", where, failure.getMessage());
        };
    }

    static LoginResult unresolved(DatabaseConnection database) {
        return result(
                "DnsFailed", "%s cannot be resolved; check database.host and the cluster's DNS.", database.host());
    }

    /** The driver has no exceptions of its own for a server that does not speak TLS or has another's certificate. */
    private static LoginResult tlsOrConnection(SQLException failure, DatabaseConnection database) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("SSL") || message.contains("hostnameverifier")
                ? result(
                        "TlsFailed",
                        "TLS with %s failed under sslMode %s: %s",
                        database.endpoint(),
                        database.sslMode().libpq(),
                        failure.getMessage())
                : result("ConnectionRefused", "%s: %s", database.endpoint(), failure.getMessage());
    }

    private static LoginResult result(String reason, String message, Object... arguments) {
        return LoginResult.failure(reason, message.formatted(arguments));
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static String deepest(Throwable failure) {
        return causes(failure)
                .reduce((_, last) -> last)
                .map(Throwable::getMessage)
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
