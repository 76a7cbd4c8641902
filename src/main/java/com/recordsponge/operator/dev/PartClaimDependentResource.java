package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.ClaimDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/** The claims of node_modules and of PostgreSQL's data. */
public class PartClaimDependentResource extends ClaimDependentResource {

    public PartClaimDependentResource() {
        super(Component.DEVELOPMENT, null, "dev.postgres.storage", PartClaims::claims);
    }

    @Override
    protected List<PersistentVolumeClaim> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return StoragePolicies.planned(
                plan,
                super.planned(plan, context),
                getSecondaryResources(context.getPrimaryResource(), context).values(),
                claim -> PartClaims.kept(plan, claim));
    }

    /** The owner of existing claims follows the storage policy all the same. */
    @Override
    protected boolean waits(EnvironmentPlan plan) {
        return false;
    }

    @Override
    protected boolean isNamed(PersistentVolumeClaim claim, RecordSpongeEnvironment environment) {
        return PartClaims.names(environment.getMetadata().getName())
                .contains(claim.getMetadata().getName());
    }

    @Override
    protected boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return PartClaims.matches(actual, desired);
    }

    @Override
    protected PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return PartClaims.changed(actual, desired);
    }
}
