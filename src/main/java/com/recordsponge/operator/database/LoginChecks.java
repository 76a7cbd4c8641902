package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.check.CheckQueue;
import com.recordsponge.operator.check.Jitter;
import com.recordsponge.operator.check.StartSpread;
import com.recordsponge.operator.runtime.Settings;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Checks logins outside the reconciliations, so that a dead server delays no environment. A result triggers a reconciliation
 * of its environment. A changed connection is checked at once, even while the check of the former one is still running; its
 * result is dropped.
 *
 * <p>The SDK's per-resource polling knows only the environment, neither the credentials nor their changes. Its first
 * fetch delays the reconciliation.
 */
@Singleton
public class LoginChecks extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements Logins, ResourceEventAware<RecordSpongeEnvironment> {

    /** After a start, the logins that nothing waits for are spread over this time. */
    static final Duration SPREAD = Duration.ofSeconds(10);

    /** PostgreSQL has 100 connections unless its administrator set another number. */
    static final CheckQueue.Limits LIMITS = new CheckQueue.Limits(2, 12, 16);

    private static final Logger LOG = Logger.getLogger(LoginChecks.class);

    private final DatabaseLogin login;
    private final Clock clock;
    private final Settings.Database settings;
    private final Jitter jitter;
    private final StartSpread spread;
    private final CheckQueue queue = new CheckQueue(LIMITS);
    private final Map<ResourceID, LoginCheck> checks = new HashMap<>();
    private final Map<ResourceID, LoginCheck> formerChecks = new HashMap<>();

    @Inject
    LoginChecks(DatabaseLogin login, Clock clock, Settings settings) {
        this(login, clock, settings, RandomGenerator.getDefault());
    }

    LoginChecks(DatabaseLogin login, Clock clock, Settings settings, RandomGenerator random) {
        super("database-login");
        this.login = login;
        this.clock = clock;
        this.settings = settings.database();
        this.jitter = new Jitter(random);
        this.spread = new StartSpread(clock, jitter, SPREAD);
    }

    @Override
    public synchronized void start() {
        super.start();
        spread.begin();
    }

    @Override
    public synchronized Optional<LoginResult> result(
            RecordSpongeEnvironment environment, DatabaseConnection connection, boolean inUse) {
        var id = ResourceID.fromResource(environment);
        var check = checks.get(id);
        if (check == null || !check.connection.equals(connection)) {
            if (check != null && !check.running) {
                formerChecks.putIfAbsent(id, check);
            }
            check = new LoginCheck(connection, firstCheck(inUse));
            checks.put(id, check);
        }
        return result(id, check, !inUse && check.result == null);
    }

    @Override
    public synchronized Optional<LoginResult> former(
            RecordSpongeEnvironment environment, Optional<DatabaseConnection> connection) {
        var id = ResourceID.fromResource(environment);
        var check = formerChecks.get(id);
        if (connection.isEmpty()) {
            formerChecks.remove(id);
            return Optional.empty();
        }
        if (check == null || !check.connection.equals(connection.get())) {
            check = new LoginCheck(connection.get(), firstCheck(true));
            formerChecks.put(id, check);
        }
        return result(id, check, false);
    }

    private Optional<LoginResult> result(ResourceID id, LoginCheck check, boolean urgent) {
        if (check.isDue(clock.instant())) {
            start(id, check, urgent);
        }
        return Optional.ofNullable(check.result);
    }

    private Instant firstCheck(boolean inUse) {
        var now = clock.instant();
        return inUse ? now.plus(spread.delay()) : now;
    }

    @Override
    public synchronized Optional<Duration> recheckAfter(RecordSpongeEnvironment environment) {
        var id = ResourceID.fromResource(environment);
        return Stream.of(checks, formerChecks)
                .flatMap(all -> Stream.ofNullable(all.get(id)))
                .filter(check -> !check.running)
                .map(check -> Duration.between(clock.instant(), check.due))
                .map(left -> left.isPositive() ? left : Duration.ofMillis(1))
                .min(Comparator.naturalOrder());
    }

    @Override
    public synchronized void onResourceDeleted(RecordSpongeEnvironment environment) {
        checks.remove(ResourceID.fromResource(environment));
        formerChecks.remove(ResourceID.fromResource(environment));
    }

    private void start(ResourceID environment, LoginCheck check, boolean urgent) {
        check.running = true;
        queue.submit(check.connection.endpoint(), urgent, () -> {
            if (isWanted(environment, check)) {
                end(environment, check, attempt(environment, check.connection));
            }
        });
    }

    private synchronized boolean isWanted(ResourceID environment, LoginCheck check) {
        return checks.get(environment) == check || formerChecks.get(environment) == check;
    }

    private LoginResult attempt(ResourceID environment, DatabaseConnection connection) {
        try {
            return login.tryLogin(connection);
        } catch (RuntimeException | Error e) {
            // Its message can contain the credentials.
            LOG.errorf(
                    "The login check of %s failed: %s at %s",
                    environment,
                    e.getClass().getName(),
                    Arrays.stream(e.getStackTrace()).findFirst().orElse(null));
            return LoginResult.failure(Reason.CONNECTION_REFUSED, "The login check failed; see the operator's log.");
        }
    }

    private void end(ResourceID environment, LoginCheck check, LoginResult result) {
        synchronized (this) {
            check.end(result, clock.instant().plus(interval(result)));
            if (!isWanted(environment, check)) {
                return;
            }
        }
        propagateEvent(environment);
    }

    private Duration interval(LoginResult result) {
        return jitter.shorten(result.loggedIn() ? settings.recheck() : settings.retry());
    }
}
