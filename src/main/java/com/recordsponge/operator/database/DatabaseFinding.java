package com.recordsponge.operator.database;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** What is known of the database. */
public final class DatabaseFinding {

    private static final String CONNECTING = "Connecting";

    private DatabaseFinding() {}

    /** What keeps the workload waiting for the database, judged by the newest login. */
    public static Optional<Blocker> problem(Optional<LoginResult> login) {
        if (login.isEmpty()) {
            return Optional.of(new Blocker(Component.DATABASE, CONNECTING, "The first login is under way."));
        }
        return login.filter(result -> !result.loggedIn())
                .map(result -> new Blocker(Component.DATABASE, result.reason(), result.message()));
    }

    /**
     * @param before the condition of the same generation of the spec, if it has one: what was true stays true while a
     *     restarted operator looks again
     */
    public static Finding of(EnvironmentPlan plan, Optional<LoginResult> login, Optional<Condition> before) {
        var problem = plan.problem(Component.DATABASE);
        if (problem.isEmpty()) {
            return Finding.ready(
                    Component.DATABASE,
                    LoginResult.LOGGED_IN,
                    login.orElseThrow().message());
        }
        if (!problem.get().reason().equals(CONNECTING)) {
            return Finding.of(problem.get());
        }
        return before.filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Finding.ready(Component.DATABASE, condition.getReason(), condition.getMessage()))
                .orElseGet(() -> new Finding(
                        Component.DATABASE, "Unknown", CONNECTING, problem.get().message(), Finding.Kind.WORKING));
    }
}
