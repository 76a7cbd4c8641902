package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.runtime.Settings;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Checks logins beside the reconciliations, one virtual thread each, so that a dead server keeps nobody waiting. A
 * result wakes its environment.
 */
@Singleton
public class LoginChecks extends AbstractEventSource<LoginResult, RecordSpongeEnvironment> {

    private static final Logger LOG = Logger.getLogger(LoginChecks.class);

    private final DatabaseLogin login;
    private final Clock clock;
    private final Settings.Database settings;
    private final Map<ResourceID, Checked> checked = new ConcurrentHashMap<>();
    private final Set<ResourceID> running = ConcurrentHashMap.newKeySet();

    private record Checked(DatabaseConnection database, LoginResult result, Instant at) {}

    LoginChecks(DatabaseLogin login, Clock clock, Settings settings) {
        super(LoginResult.class, "database-login");
        this.login = login;
        this.clock = clock;
        this.settings = settings.database();
    }

    /** The newest result for exactly this database and login; empty while the first check runs. */
    public Optional<LoginResult> result(ResourceID environment, DatabaseConnection database) {
        var last = checked.get(environment);
        var known = last != null && last.database().equals(database);
        if (!known || !clock.instant().isBefore(last.at().plus(recheckAfter(last.result())))) {
            start(environment, database);
        }
        return known ? Optional.of(last.result()) : Optional.empty();
    }

    /** How long a result is good for. */
    public Duration recheckAfter(LoginResult result) {
        return result.loggedIn() ? settings.recheck() : settings.retry();
    }

    /** Forgets an environment that is gone. */
    public void forget(ResourceID environment) {
        running.remove(environment);
        checked.remove(environment);
    }

    private void start(ResourceID environment, DatabaseConnection database) {
        if (running.add(environment)) {
            Thread.ofVirtual().name("login " + environment).start(() -> check(environment, database));
        }
    }

    private void check(ResourceID environment, DatabaseConnection database) {
        var result = LoginResult.failure("ConnectionRefused", "The login check failed; see the operator's log.");
        try {
            result = login.tryLogin(database);
        } catch (RuntimeException e) {
            // Its message may hold what was tried to log in with.
            LOG.errorf(
                    "The login check of %s failed: %s at %s",
                    environment, e.getClass().getName(), e.getStackTrace()[0]);
        } finally {
            if (running.remove(environment)) {
                checked.put(environment, new Checked(database, result, clock.instant()));
                getEventHandler().handleEvent(new Event(environment));
            }
        }
    }

    @Override
    public Set<LoginResult> getSecondaryResources(RecordSpongeEnvironment environment) {
        var last = checked.get(ResourceID.fromResource(environment));
        return last == null ? Set.of() : Set.of(last.result());
    }
}
