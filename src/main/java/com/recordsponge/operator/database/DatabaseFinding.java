package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import java.util.Optional;

/** Reads the state of the database from the newest login. */
final class DatabaseFinding {

    private DatabaseFinding() {}

    /** What the newest login blocks; empty without a connection. */
    static Optional<Blocker> failedLogin(DatabasePlan plan) {
        if (plan.connection().isEmpty()) {
            return Optional.empty();
        }
        if (plan.login().isEmpty()) {
            return Optional.of(new Blocker(DATABASE, Reason.CONNECTING, "The first login is in progress."));
        }
        return plan.login()
                .filter(result -> !result.loggedIn())
                .map(result -> new Blocker(DATABASE, result.reason(), result.message()));
    }

    /** A condition that was True for this generation remains True until a restarted operator has logged in. */
    static Finding of(DatabasePlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(DATABASE);
        if (blocker.isEmpty()) {
            return Finding.ready(
                    DATABASE, Reason.LOGGED_IN, plan.login().orElseThrow().message());
        }
        if (blocker.get().reason() != Reason.CONNECTING) {
            return Finding.of(blocker.get());
        }
        return state.lastCondition(DATABASE.condition())
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Finding.ready(DATABASE, Reason.LOGGED_IN, condition.getMessage()))
                .orElseGet(() -> new Finding(
                        DATABASE, "Unknown", Reason.CONNECTING, blocker.get().message(), Finding.Kind.WORKING));
    }

    /** The server's version, or the last known one while no login succeeds; null if there is none. */
    static String serverVersion(DatabasePlan plan, ReconciliationState state) {
        return plan.login()
                .map(LoginResult::serverVersion)
                .or(() -> state.lastStatus()
                        .map(EnvironmentStatus::database)
                        .map(EnvironmentStatus.Database::serverVersion))
                .orElse(null);
    }
}
