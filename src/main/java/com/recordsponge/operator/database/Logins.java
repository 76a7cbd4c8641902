package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.time.Duration;
import java.util.Optional;

/** Keeps the results of logins. */
public interface Logins {

    /**
     * The newest result over exactly this connection; empty while the first check is in progress. Starts a check if one is
     * due, and never waits for it.
     */
    Optional<LoginResult> result(RecordSpongeEnvironment environment, DatabaseConnection connection);

    /** How long a result is valid. */
    Duration recheckAfter(LoginResult result);
}
