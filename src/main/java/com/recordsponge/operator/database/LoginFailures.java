package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Explains a failed login by its cause. {@link ServerError} lists what servers answer. */
final class LoginFailures {

    private LoginFailures() {}

    /**
     * @param timedOut whether the deadline of the login has passed: then every other failure follows from that
     */
    static LoginResult explain(Exception failure, DatabaseConnection connection, boolean timedOut) {
        if (find(failure, UnknownHostException.class).isPresent()) {
            return unresolved(failure, connection);
        }
        var answer = answer(failure);
        if (answer.isPresent()) {
            return error(answer.get()).explain(connection, answer.get().getMessage());
        }
        if (timedOut || find(failure, SocketTimeoutException.class).isPresent()) {
            return result(
                    Reason.CONNECTION_TIMEOUT,
                    "%s does not answer in time; check the firewall between the pods and the server, and the server's load.",
                    connection.endpoint());
        }
        if (find(failure, ConnectException.class).isPresent()
                || find(failure, NoRouteToHostException.class).isPresent()) {
            return result(
                    Reason.CONNECTION_REFUSED,
                    "%s refuses connections; check that PostgreSQL runs, and check its listen_addresses and port.",
                    connection.endpoint());
        }
        return answered(failure, connection);
    }

    /** The failure of a login at something that accepted the connection. */
    private static LoginResult answered(Exception failure, DatabaseConnection connection) {
        var unexpected = find(failure, ServerMessages.UnexpectedMessageException.class);
        if (unexpected.isPresent()) {
            return result(
                    Reason.CONNECTION_REFUSED,
                    "%s does not answer as PostgreSQL does: %s. Check database.host and database.port.",
                    connection.endpoint(),
                    unexpected.get().getMessage());
        }
        if (find(failure, SSLException.class).isPresent()
                || find(failure, GeneralSecurityException.class).isPresent()) {
            return result(
                    Reason.TLS_FAILED,
                    "TLS with %s failed under sslMode %s; check the server's ssl settings and certificate: %s",
                    connection.endpoint(),
                    connection.sslMode().libpq(),
                    ForeignText.quote(deepest(failure), connection));
        }
        if (find(failure, EOFException.class).isPresent()
                || find(failure, SocketException.class).isPresent()) {
            return ServerError.CONNECTION_LOST.explain(connection, "it was closed without an answer");
        }
        var state = find(failure, SQLException.class).map(SQLException::getSQLState);
        return (failure instanceof IOException
                        ? ServerError.CONNECTION_LOST
                        : ServerError.of(state.orElse(null), null, null))
                .explain(connection, failure.getMessage());
    }

    private static LoginResult unresolved(Exception failure, DatabaseConnection connection) {
        return find(failure, ServerAddresses.ForbiddenAddressException.class)
                .map(forbidden -> result(
                        Reason.DNS_FAILED,
                        "%s has only addresses that no pod may connect to: %s; correct database.host or the DNS.",
                        connection.host(),
                        forbidden.getMessage()))
                .orElseGet(() -> result(
                        Reason.DNS_FAILED,
                        "%s does not resolve; check database.host and the cluster's DNS.",
                        connection.host()));
    }

    /** What the server says if it refuses the client or the TLS: reasons for sslMode prefer to try without. */
    static boolean concernsTls(Exception failure) {
        return find(failure, SSLException.class).isPresent()
                || answer(failure)
                        .filter(answer -> error(answer) == ServerError.CLIENT_REFUSED)
                        .isPresent();
    }

    private static Optional<ServerErrorMessage> answer(Exception failure) {
        return find(failure, PSQLException.class).map(PSQLException::getServerErrorMessage);
    }

    private static ServerError error(ServerErrorMessage answer) {
        return ServerError.of(answer.getSQLState(), answer.getRoutine(), answer.getMessage());
    }

    private static LoginResult result(Reason reason, String message, Object... arguments) {
        return LoginResult.failure(reason, message.formatted(arguments));
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
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
