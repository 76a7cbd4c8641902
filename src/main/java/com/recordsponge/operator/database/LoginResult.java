package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import java.util.List;

/**
 * The outcome of a login. Without a time, so that equal outcomes are equal.
 *
 * @param reason {@link Reason#LOGGED_IN} on success
 * @param message what a person needs to know, without the password
 * @param serverVersion the server's {@code server_version}; null unless logged in
 * @param addresses IP addresses of the server, sorted, IPv6 as RFC 5952 writes it; empty unless logged in
 */
public record LoginResult(Reason reason, String message, String serverVersion, List<String> addresses) {

    public static LoginResult success(String message, String serverVersion, List<String> addresses) {
        return new LoginResult(Reason.LOGGED_IN, message, serverVersion, addresses);
    }

    public static LoginResult failure(Reason reason, String message) {
        return new LoginResult(reason, message, null, List.of());
    }

    public boolean loggedIn() {
        return reason == Reason.LOGGED_IN;
    }
}
