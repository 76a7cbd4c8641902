package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The outcome of a login. Without a time, so that equal outcomes are equal.
 *
 * @param reason {@link Reason#LOGGED_IN} on success
 * @param message what a person needs to know, without the password
 * @param serverVersion the server's {@code server_version}; null unless logged in
 * @param addresses IP addresses of the server, sorted, IPv6 as RFC 5952 writes it, when a login last
 *     succeeded; empty if none has
 */
public record LoginResult(Reason reason, String message, String serverVersion, List<String> addresses) {

    /** Every reason of a login that failed. */
    static final Set<Reason> FAILURES = EnumSet.of(
            Reason.DNS_FAILED,
            Reason.CONNECTION_REFUSED,
            Reason.CONNECTION_TIMEOUT,
            Reason.HOST_NOT_PERMITTED,
            Reason.LOGIN_NOT_PERMITTED,
            Reason.TOO_MANY_CONNECTIONS,
            Reason.AUTHENTICATION_FAILED,
            Reason.DATABASE_NOT_FOUND,
            Reason.READ_ONLY_SERVER,
            Reason.TLS_FAILED,
            Reason.SERVER_TOO_OLD);

    public static LoginResult success(String message, String serverVersion, List<String> addresses) {
        return new LoginResult(Reason.LOGGED_IN, message, serverVersion, addresses);
    }

    /** @param reason one of {@link #FAILURES} */
    public static LoginResult failure(Reason reason, String message) {
        return new LoginResult(reason, message, null, List.of());
    }

    /** The same at a server whose addresses an earlier login has found. */
    LoginResult at(List<String> known) {
        return new LoginResult(reason, message, serverVersion, known);
    }

    public boolean loggedIn() {
        return reason == Reason.LOGGED_IN;
    }
}
