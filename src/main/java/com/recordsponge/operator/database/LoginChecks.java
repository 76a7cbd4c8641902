package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.runtime.Settings;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
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
 * Checks logins outside the reconciliations, each in a virtual thread, so that a dead server delays no environment. A
 * result triggers a reconciliation of its environment.
 *
 * <p>The SDK's per-resource polling knows only the environment, neither the credentials nor their changes. Its first
 * fetch delays the reconciliation.
 */
@Singleton
public class LoginChecks extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements Logins, ResourceEventAware<RecordSpongeEnvironment> {

    private static final Logger LOG = Logger.getLogger(LoginChecks.class);

    private final DatabaseLogin login;
    private final Clock clock;
    private final Settings.Database settings;
    private final Map<ResourceID, Checked> checked = new ConcurrentHashMap<>();
    private final Set<ResourceID> running = ConcurrentHashMap.newKeySet();

    private record Checked(DatabaseConnection connection, LoginResult result, Instant at) {}

    LoginChecks(DatabaseLogin login, Clock clock, Settings settings) {
        super("database-login");
        this.login = login;
        this.clock = clock;
        this.settings = settings.database();
    }

    @Override
    public Optional<LoginResult> result(RecordSpongeEnvironment environment, DatabaseConnection connection) {
        var id = ResourceID.fromResource(environment);
        var last = checked.get(id);
        var known = last != null && last.connection().equals(connection);
        if (!known || !clock.instant().isBefore(last.at().plus(recheckAfter(last.result())))) {
            start(id, connection);
        }
        return known ? Optional.of(last.result()) : Optional.empty();
    }

    @Override
    public Duration recheckAfter(LoginResult result) {
        return result.loggedIn() ? settings.recheck() : settings.retry();
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        var id = ResourceID.fromResource(environment);
        running.remove(id);
        checked.remove(id);
    }

    private void start(ResourceID environment, DatabaseConnection connection) {
        if (running.add(environment)) {
            Thread.ofVirtual().name("login " + environment).start(() -> check(environment, connection));
        }
    }

    private void check(ResourceID environment, DatabaseConnection connection) {
        var result = LoginResult.failure(Reason.CONNECTION_REFUSED, "The login check failed; see the operator's log.");
        try {
            result = login.tryLogin(connection);
        } catch (RuntimeException e) {
            // Its message can contain the credentials.
            LOG.errorf(
                    "The login check of %s failed: %s at %s",
                    environment, e.getClass().getName(), e.getStackTrace()[0]);
        } finally {
            if (running.remove(environment)) {
                checked.put(environment, new Checked(connection, result, clock.instant()));
                propagateEvent(environment);
            }
        }
    }
}
