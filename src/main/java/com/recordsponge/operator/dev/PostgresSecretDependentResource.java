package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.RetainedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.security.SecureRandom;
import java.util.List;

/** The generated credentials of the environment's own PostgreSQL server: as durable as its data. */
public class PostgresSecretDependentResource extends RetainedDependentResource<Secret> {

    private static final SecureRandom RANDOM = new SecureRandom();

    public PostgresSecretDependentResource() {
        super(Secret.class, Component.DEVELOPMENT, null, plan -> PostgresSecrets.secrets(plan, RANDOM));
    }

    @Override
    protected List<Secret> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return StoragePolicies.planned(
                plan,
                super.planned(plan, context),
                getSecondaryResources(context.getPrimaryResource(), context).values(),
                secret -> PostgresSecrets.kept(plan, secret));
    }

    /** The owner of the existing Secret follows the storage policy all the same. */
    @Override
    protected boolean waits(EnvironmentPlan plan) {
        return false;
    }

    @Override
    protected boolean isNamed(Secret secret, RecordSpongeEnvironment environment) {
        return secret.getMetadata()
                .getName()
                .equals(PostgresPods.name(environment.getMetadata().getName()));
    }

    @Override
    public Matcher.Result<Secret> match(
            Secret actual,
            Secret desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return Matcher.Result.computed(PostgresSecrets.matches(actual, desired), desired);
    }

    @Override
    public Secret update(
            Secret actual,
            Secret desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return super.update(actual, PostgresSecrets.changed(actual, desired), environment, context);
    }
}
