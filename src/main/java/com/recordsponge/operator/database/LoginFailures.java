package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains a failed login by its cause. SQLSTATE codes: PostgreSQL documentation, appendix A. */
final class LoginFailures {

    private LoginFailures() {}

    static LoginResult explain(SQLException failure, DatabaseConnection connection) {
        var where = connection.endpoint();
        if (causedBy(failure, UnknownHostException.class)) {
            return unresolved(connection);
        }
        if (causedBy(failure, SocketTimeoutException.class)) {
            return result(
                    Reason.CONNECTION_TIMEOUT,
                    "%s does not answer; check the firewall between the pods and the server.",
                    where);
        }
        if (causedBy(failure, ConnectException.class) || causedBy(failure, NoRouteToHostException.class)) {
            return result(
                    Reason.CONNECTION_REFUSED,
                    "%s refuses connections; check that PostgreSQL runs, and check its listen_addresses and port.",
                    where);
        }
        if (causedBy(failure, SSLException.class) || causedBy(failure, GeneralSecurityException.class)) {
            return result(
                    Reason.TLS_FAILED,
                    "TLS with %s failed under sslMode %s; check the server's ssl settings and certificate: %s",
                    where,
                    connection.sslMode().libpq(),
                    deepest(failure));
        }
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            case "28000" ->
                result(
                        Reason.HOST_NOT_PERMITTED,
                        "%s has no pg_hba.conf entry for this client; add one and reload: %s",
                        where,
                        failure.getMessage());
            case "28P01" ->
                result(
                        Reason.AUTHENTICATION_FAILED,
                        "%s refuses the password of %s; check the credentials Secret.",
                        where,
                        connection.username());
            case "3D000" ->
                result(
                        Reason.DATABASE_NOT_FOUND,
                        "Database %s does not exist on %s; create it.",
                        connection.name(),
                        where);
            case "42501" ->
                result(
                        Reason.AUTHENTICATION_FAILED,
                        "Role %s cannot connect to database %s; grant it CONNECT.",
                        connection.username(),
                        connection.name());
            case "08004", "08001", "08006" -> tlsOrConnection(failure, connection);
            default -> result(Reason.CONNECTION_REFUSED, "%s: %s", where, failure.getMessage());
        };
    }

    static LoginResult unresolved(DatabaseConnection connection) {
        return result(
                Reason.DNS_FAILED,
                "%s does not resolve; check database.host and the cluster's DNS.",
                connection.host());
    }

    /** The driver has no exception type for a server without TLS or with the certificate of another. */
    private static LoginResult tlsOrConnection(SQLException failure, DatabaseConnection connection) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("SSL") || message.contains("hostnameverifier")
                ? result(
                        Reason.TLS_FAILED,
                        "TLS with %s failed under sslMode %s; check the server's ssl settings and certificate: %s",
                        connection.endpoint(),
                        connection.sslMode().libpq(),
                        failure.getMessage())
                : result(Reason.CONNECTION_REFUSED, "%s: %s", connection.endpoint(), failure.getMessage());
    }

    private static LoginResult result(Reason reason, String message, Object... arguments) {
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
