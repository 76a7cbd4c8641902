package com.recordsponge.operator.sessions;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** The object of the sessions feature, for tests outside the package. */
public final class SessionsObjects {

    private SessionsObjects() {}

    public static Optional<PersistentVolumeClaim> claim(EnvironmentPlan plan) {
        return plan.find(SessionsPlan.class).map(sessions -> SessionsClaims.claim(plan, sessions));
    }
}
