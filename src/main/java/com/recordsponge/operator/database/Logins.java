package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import java.time.Duration;
import java.util.Optional;

/** Keeps the results of logins. */
public interface Logins {

    /**
     * The newest result over exactly this connection; empty while the first check is in progress. Starts a check if one is
     * due, and never waits for it.
     *
     * @param inUse whether pods already use the connection, so that nothing waits for the result
     */
    Optional<LoginResult> result(RecordSpongeEnvironment environment, DatabaseConnection connection, boolean inUse);

    /**
     * The same for a connection that pods keep while the requested one is not usable: only its addresses matter.
     *
     * @param connection empty if there is none: its checks end
     */
    Optional<LoginResult> former(RecordSpongeEnvironment environment, Optional<DatabaseConnection> connection);

    /** When to ask again for a result of the environment; empty if its next result triggers a reconciliation. */
    Optional<Duration> recheckAfter(RecordSpongeEnvironment environment);
}
