package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.database.DatabaseConnection;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.database.Logins;
import java.time.Duration;
import java.util.Optional;

/**
 * Returns the same results for all logins.
 *
 * @param login over requested connections
 * @param formerLogin over those that pods keep meanwhile
 */
record FixedLogins(Optional<LoginResult> login, Optional<LoginResult> formerLogin) implements Logins {

    FixedLogins(Optional<LoginResult> login) {
        this(login, Optional.empty());
    }

    @Override
    public Optional<LoginResult> result(
            RecordSpongeEnvironment environment, DatabaseConnection connection, boolean inUse) {
        return login;
    }

    @Override
    public Optional<LoginResult> former(RecordSpongeEnvironment environment, Optional<DatabaseConnection> connection) {
        return connection.flatMap(_ -> formerLogin);
    }

    @Override
    public Optional<Duration> recheckAfter(RecordSpongeEnvironment environment) {
        return Optional.of(Duration.ofMinutes(5));
    }
}
