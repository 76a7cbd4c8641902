package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Problem;
import com.recordsponge.operator.plan.Step;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** What is known of the database. */
public final class DatabaseFinding {

    private static final String CONNECTING = "Connecting";

    private DatabaseFinding() {}

    /** What keeps the workload waiting for the database, judged by the newest login. */
    public static Optional<Problem> problem(Optional<LoginResult> login) {
        if (login.isEmpty()) {
            return Optional.of(new Problem(Step.DATABASE, CONNECTING, "The first login is under way."));
        }
        return login.filter(result -> !result.loggedIn())
                .map(result -> new Problem(Step.DATABASE, result.reason(), result.message()));
    }

    /**
     * @param before the condition of the same generation of the spec, if it has one: what was true stays true while a
     *     restarted operator looks again
     */
    public static Finding of(EnvironmentPlan plan, Optional<LoginResult> login, Optional<Condition> before) {
        var problem = plan.problem(Step.DATABASE);
        if (problem.isEmpty()) {
            return Finding.ready(
                    Step.DATABASE, LoginResult.LOGGED_IN, login.orElseThrow().message());
        }
        if (!problem.get().reason().equals(CONNECTING)) {
            return Finding.of(problem.get());
        }
        return before.filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> Finding.ready(Step.DATABASE, condition.getReason(), condition.getMessage()))
                .orElseGet(() -> new Finding(
                        Step.DATABASE, "Unknown", CONNECTING, problem.get().message(), Finding.Kind.WORKING));
    }
}
