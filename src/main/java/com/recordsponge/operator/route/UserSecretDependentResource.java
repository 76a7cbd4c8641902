package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.VersionedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The users of protected paths, as Traefik reads them. */
public class UserSecretDependentResource extends VersionedDependentResource<Secret> {

    public UserSecretDependentResource() {
        super(Secret.class, Component.ROUTE, Users.SUFFIX, UserSecrets::secrets);
    }

    @Override
    protected boolean isInUse(Secret version, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return plan.get(RoutePlan.class)
                .usedUsers()
                .contains(version.getMetadata().getName());
    }
}
