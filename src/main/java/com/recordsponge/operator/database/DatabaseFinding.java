package com.recordsponge.operator.database;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Problem;
import com.recordsponge.operator.plan.Step;
import java.util.Optional;

/** What is known of the database. */
public final class DatabaseFinding {

  private DatabaseFinding() {}

  /** What keeps the workload waiting for the database, judged by the newest login. */
  public static Optional<Problem> problem(Optional<LoginResult> login) {
    if (login.isEmpty()) {
      return Optional.of(new Problem(Step.DATABASE, "Connecting", "The first login is under way."));
    }
    return login
        .filter(result -> !result.loggedIn())
        .map(result -> new Problem(Step.DATABASE, result.reason(), result.message()));
  }

  public static Finding of(EnvironmentPlan plan, Optional<LoginResult> login) {
    return plan.problem(Step.DATABASE)
        .map(problem -> login.isEmpty() && plan.database() != null
            ? new Finding(Step.DATABASE, "Unknown", problem.reason(), problem.message(), Finding.Kind.WORKING)
            : Finding.of(problem))
        .orElseGet(() -> Finding.ready(Step.DATABASE, LoginResult.LOGGED_IN, login.orElseThrow().message()));
  }
}
