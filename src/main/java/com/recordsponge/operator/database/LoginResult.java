package com.recordsponge.operator.database;

/**
 * How a login went. Holds no time, so that equal results are no news.
 *
 * @param reason condition reason; {@link #LOGGED_IN} on success
 * @param message what a person needs to know, without the password
 * @param serverVersion the server's {@code server_version}; null unless logged in
 */
public record LoginResult(String reason, String message, String serverVersion) {

    public static final String LOGGED_IN = "LoggedIn";

    public boolean loggedIn() {
        return LOGGED_IN.equals(reason);
    }
}
