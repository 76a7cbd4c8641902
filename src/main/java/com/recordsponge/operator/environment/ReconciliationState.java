package com.recordsponge.operator.environment;

import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PlanInput;
import java.util.Optional;

/**
 * What one reconciliation looks at; it does not change while it runs.
 *
 * @param login the newest login to the plan's database; empty without one and while the first is under way
 */
record ReconciliationState(PlanInput observation, EnvironmentPlan plan, Optional<LoginResult> login) {

    /** The same with another plan. */
    ReconciliationState with(EnvironmentPlan other) {
        return new ReconciliationState(observation, other, login);
    }
}
