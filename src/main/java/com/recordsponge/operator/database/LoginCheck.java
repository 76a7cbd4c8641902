package com.recordsponge.operator.database;

import java.time.Instant;

/** The checks of one environment's connection. {@link LoginChecks} guards it. */
final class LoginCheck {

    final DatabaseConnection connection;

    /** The newest result; null until the first check has ended. */
    LoginResult result;

    /** Whether a check is in progress or in the queue. */
    boolean running;

    /** When the next check is due. */
    Instant due;

    LoginCheck(DatabaseConnection connection, Instant due) {
        this.connection = connection;
        this.due = due;
    }

    boolean isDue(Instant now) {
        return !running && !now.isBefore(due);
    }

    void end(LoginResult newest, Instant next) {
        result = newest.loggedIn() || result == null ? newest : newest.at(result.addresses());
        due = next;
        running = false;
    }
}
