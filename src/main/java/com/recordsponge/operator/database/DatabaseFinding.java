package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** Reads the state of the database from the newest login. */
final class DatabaseFinding {

    private static final String FIRST_LOGIN = "The first login is in progress.";

    private static final String PREPARING =
            "The login works. The operator creates the Secret and the Service that pods connect with.";

    private DatabaseFinding() {}

    /**
     * What keeps a new connection from the pods: a login that failed or has not ended. Never one that they already use.
     * Running pods keep what they have, and nothing else waits.
     */
    static Optional<Blocker> failedLogin(DatabasePlan plan) {
        if (plan.connection().isEmpty() || plan.inUse()) {
            return Optional.empty();
        }
        if (plan.login().isEmpty()) {
            return Optional.of(plan.limited(new Blocker(DATABASE, Reason.CONNECTING, FIRST_LOGIN)));
        }
        return plan.login()
                .filter(result -> !result.loggedIn())
                .map(result -> new Blocker(DATABASE, result.reason(), result.message()))
                .map(plan::limited);
    }

    static Finding of(DatabasePlan plan, ReconciliationState state) {
        var blocker = state.plan().blocker(DATABASE);
        if (blocker.isPresent() && blocker.get().reason() != Reason.CONNECTING) {
            return Finding.of(blocker.get());
        }
        if (plan.isUnused()) {
            return new Finding(DATABASE, "Unknown", Reason.CONNECTING, PREPARING, Finding.Kind.WORKING);
        }
        if (blocker.isEmpty() && !plan.warnings().isEmpty()) {
            var warning = plan.warnings().getFirst();
            return Finding.warning(DATABASE, warning.reason(), warning.message());
        }
        return plan.login()
                .map(login -> login.loggedIn()
                        ? Finding.ready(DATABASE, login.reason(), login.message())
                        : Finding.warning(DATABASE, login.reason(), login.message()))
                .orElseGet(() -> connecting(plan, state));
    }

    /** A restarted operator keeps what it last reported about this generation until its first login has ended. */
    private static Finding connecting(DatabasePlan plan, ReconciliationState state) {
        var last = state.lastCondition(DATABASE.condition()).filter(condition -> keeps(plan, condition));
        if (last.isEmpty()) {
            var kind = plan.inUse() ? Finding.Kind.READY : Finding.Kind.WORKING;
            return new Finding(DATABASE, "Unknown", Reason.CONNECTING, FIRST_LOGIN, kind);
        }
        var reason = Reason.of(last.get().getReason()).orElse(Reason.CONNECTING);
        return "True".equals(last.get().getStatus())
                ? Finding.ready(DATABASE, reason, last.get().getMessage())
                : Finding.warning(DATABASE, reason, last.get().getMessage());
    }

    private static boolean keeps(DatabasePlan plan, Condition condition) {
        return "True".equals(condition.getStatus())
                || plan.inUse()
                        && Reason.of(condition.getReason())
                                .filter(LoginResult.FAILURES::contains)
                                .isPresent();
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
