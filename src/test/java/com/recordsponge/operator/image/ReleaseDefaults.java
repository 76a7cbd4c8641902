package com.recordsponge.operator.image;

import com.recordsponge.operator.plan.EnvironmentPlan;

/** What an environment does with its images unless its spec says otherwise, for tests outside the package. */
public final class ReleaseDefaults {

    private ReleaseDefaults() {}

    /** Whether the operator returns to a good image when a new one fails. */
    public static boolean rollsBack(EnvironmentPlan plan) {
        return plan.get(ImagePlan.class).rules().automatic();
    }
}
