package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import java.util.Arrays;

/**
 * Errors of a server at a login, by SQLSTATE. The first that applies counts; docs/conditions.md prints the list.
 *
 * <p>Source: PostgreSQL documentation, appendix A "Error Codes"; the function that reports an error from its sources.
 */
public enum ServerError {
    ROLE_REFUSED(
            "28000",
            "InitializeSessionUserId",
            Reason.LOGIN_NOT_PERMITTED,
            "the role does not exist or has no LOGIN",
            "%1$s does not let role %2$s log in: %4$s. Create the role with LOGIN, or correct the credentials Secret."),
    METHOD_REFUSED(
            "28000",
            "auth_failed",
            Reason.AUTHENTICATION_FAILED,
            "the method of the line in `pg_hba.conf`, such as `ldap` or `ident`, refuses the login",
            "%1$s refuses the login of %2$s by the method of its pg_hba.conf line: %4$s. Check the credentials Secret and that method."),
    CLIENT_REFUSED(
            "28000",
            Reason.HOST_NOT_PERMITTED,
            "`pg_hba.conf` has no line for the client, or rejects it",
            "%1$s has no pg_hba.conf entry for this client: %4$s. Add a line for role %2$s and database %3$s, and reload."),
    WRONG_PASSWORD(
            "28",
            Reason.AUTHENTICATION_FAILED,
            "the password is wrong",
            "%1$s refuses the password of %2$s; check the credentials Secret."),
    NO_DATABASE(
            "3D",
            Reason.DATABASE_NOT_FOUND,
            "the database does not exist",
            "Database %3$s does not exist on %1$s; create it."),
    DATABASE_DROPPED(
            "57P04",
            Reason.DATABASE_NOT_FOUND,
            "the database has been dropped",
            "Database %3$s does not exist on %1$s; create it."),
    NO_CONNECT(
            "42501",
            Reason.LOGIN_NOT_PERMITTED,
            "the role lacks CONNECT on the database",
            "Role %2$s cannot connect to database %3$s on %1$s; grant it CONNECT."),
    TOO_MANY_CONNECTIONS(
            "53300",
            Reason.TOO_MANY_CONNECTIONS,
            "the limit of the server, the database or the role is reached",
            "%1$s has no connection left for role %2$s: %4$s. End connections that leak, or raise the limit."),
    READ_ONLY(
            "25006",
            Reason.READ_ONLY_SERVER,
            "the transaction is read-only",
            "Database %3$s on %1$s accepts no writes; point database.host at the primary, or promote the standby."),
    TIMEOUT(
            "57014",
            Reason.CONNECTION_TIMEOUT,
            "the server cancelled the login, such as after `authentication_timeout`",
            "%1$s cancelled the login: %4$s. Check its load and its log."),
    OUT_OF_RESOURCES(
            "53",
            Reason.CONNECTION_REFUSED,
            "the server is out of memory, disk space or another resource",
            "%1$s is out of resources: %4$s. Free memory or disk space on the server."),
    NOT_ACCEPTING(
            "55000",
            Reason.CONNECTION_REFUSED,
            "the database has ALLOW_CONNECTIONS false",
            "Database %3$s on %1$s accepts no connections: %4$s. Set ALLOW_CONNECTIONS true on it."),
    NOT_AVAILABLE(
            "57P",
            Reason.CONNECTION_REFUSED,
            "the server starts, stops or recovers",
            "%1$s accepts no connections at present: %4$s. Wait, or check the server's log."),
    POOLER_FULL(
            "08P01",
            null,
            "(max_",
            Reason.TOO_MANY_CONNECTIONS,
            "a pooler such as PgBouncer is at a limit of its clients",
            "%1$s has no connection left for role %2$s: %4$s. End connections that leak, or raise the limit of the pooler."),
    POOLER(
            "08P01",
            Reason.CONNECTION_REFUSED,
            "a pooler such as PgBouncer refuses the login, or the server does not accept the protocol",
            "%1$s refuses the login: %4$s. If it is a pooler such as PgBouncer, check its log; otherwise check database.host and database.port."),
    CONNECTION_LOST(
            "08",
            Reason.CONNECTION_REFUSED,
            "the connection ended before the login did",
            "The connection to %1$s ended: %4$s. Check that PostgreSQL answers at this port, and its log."),
    OTHER("", Reason.CONNECTION_REFUSED, "any other error", "%1$s refuses the login: %4$s. Check the server's log.");

    private final String state;
    private final String function;
    private final String words;
    private final Reason reason;
    private final String meaning;
    private final String sentence;

    /**
     * @param state SQLSTATE, or its beginning
     * @param sentence with the arguments endpoint, role, database and the server's own words
     */
    ServerError(String state, Reason reason, String meaning, String sentence) {
        this(state, null, null, reason, meaning, sentence);
    }

    /** @param function PostgreSQL's function that reports the error: unlike the message it is the same in all languages */
    ServerError(String state, String function, Reason reason, String meaning, String sentence) {
        this(state, function, null, reason, meaning, sentence);
    }

    /** @param words part of the message of a server that has only English messages */
    ServerError(String state, String function, String words, Reason reason, String meaning, String sentence) {
        this.state = state;
        this.function = function;
        this.words = words;
        this.reason = reason;
        this.meaning = meaning;
        this.sentence = sentence;
    }

    /**
     * The error of a state.
     *
     * @param state SQLSTATE; can be null
     * @param function the function that reported it; null if unknown
     * @param message the server's message; can be null
     */
    static ServerError of(String state, String function, String message) {
        return Arrays.stream(values())
                .filter(error -> state != null && state.startsWith(error.state) || error.state.isEmpty())
                .filter(error -> error.function == null || error.function.equals(function))
                .filter(error -> error.words == null || message != null && message.contains(error.words))
                .findFirst()
                .orElse(OTHER);
    }

    /** The result of a login that failed with this error and these words. */
    LoginResult explain(DatabaseConnection connection, String words) {
        var quoted = ForeignText.quote(words, connection).replaceFirst("[.]$", "");
        return LoginResult.failure(
                reason, sentence.formatted(connection.endpoint(), connection.username(), connection.name(), quoted));
    }

    /** SQLSTATE, or the beginning that it has; empty for any. */
    public String state() {
        return state;
    }

    /** The function that tells this error from another of the same state; null if there is none. */
    public String function() {
        return function;
    }

    /** The words that tell this error from another of the same state; null if there are none. */
    public String words() {
        return words;
    }

    public Reason reason() {
        return reason;
    }

    /** What the server says with it, in Markdown. */
    public String meaning() {
        return meaning;
    }
}
