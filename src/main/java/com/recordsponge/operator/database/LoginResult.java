package com.recordsponge.operator.database;

import java.util.List;

/**
 * How a login went. Holds no time, so that equal results are no news.
 *
 * @param reason condition reason; {@link #LOGGED_IN} on success
 * @param message what a person needs to know, without the password
 * @param serverVersion the server's {@code server_version}; null unless logged in
 * @param addresses IP addresses of the server, sorted, IPv6 as RFC 5952 writes it; empty unless logged in
 */
public record LoginResult(String reason, String message, String serverVersion, List<String> addresses) {

    public static final String LOGGED_IN = "LoggedIn";

    public static LoginResult success(String message, String serverVersion, List<String> addresses) {
        return new LoginResult(LOGGED_IN, message, serverVersion, addresses);
    }

    public static LoginResult failure(String reason, String message) {
        return new LoginResult(reason, message, null, List.of());
    }

    public boolean loggedIn() {
        return LOGGED_IN.equals(reason);
    }
}
