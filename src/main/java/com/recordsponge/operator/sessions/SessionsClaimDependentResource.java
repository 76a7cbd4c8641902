package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.RetainedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.net.HttpURLConnection;
import java.util.List;

/** The PersistentVolumeClaim of the session files. */
public class SessionsClaimDependentResource extends RetainedDependentResource<PersistentVolumeClaim> {

    public SessionsClaimDependentResource() {
        super(PersistentVolumeClaim.class, Component.SESSIONS, EnvironmentPlan.SESSIONS_SUFFIX);
    }

    /** Not while suspended: scaling to zero, which comes after it, must not depend on storage. */
    @Override
    protected List<PersistentVolumeClaim> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return plan
                .sessions()
                .filter(_ -> !plan.suspended())
                .map(sessions -> SessionsClaims.claim(plan, sessions))
                .stream()
                .toList();
    }

    @Override
    public Matcher.Result<PersistentVolumeClaim> match(
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return Matcher.Result.computed(SessionsClaims.matches(actual, desired), desired);
    }

    /** Pods do well with the volume as it is: its expansion being refused keeps nothing else from going on. */
    @Override
    public PersistentVolumeClaim update(
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        try {
            return super.update(actual, SessionsClaims.changed(actual, desired), environment, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || !SessionsClaims.grows(actual, desired)) {
                throw e;
            }
            PlanContext.note(
                    context,
                    SessionsClaims.expansionRefused(
                            actual, desired, e.getStatus().getMessage()));
            return actual;
        }
    }
}
