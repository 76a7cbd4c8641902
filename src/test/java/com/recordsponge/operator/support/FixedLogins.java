package com.recordsponge.operator.support;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.database.DatabaseConnection;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.database.Logins;
import java.time.Duration;
import java.util.Optional;

/** Returns the same result for every login. */
record FixedLogins(Optional<LoginResult> login) implements Logins {

    @Override
    public Optional<LoginResult> result(
            RecordSpongeEnvironment environment, DatabaseConnection connection, boolean inUse) {
        return login;
    }

    @Override
    public Optional<Duration> recheckAfter(RecordSpongeEnvironment environment) {
        return Optional.of(Duration.ofMinutes(5));
    }
}
