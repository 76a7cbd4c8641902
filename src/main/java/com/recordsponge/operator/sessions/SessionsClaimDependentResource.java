package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.RetainedDependentResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.net.HttpURLConnection;

/** The PersistentVolumeClaim of the sessions. */
public class SessionsClaimDependentResource extends RetainedDependentResource<PersistentVolumeClaim> {

    public SessionsClaimDependentResource() {
        super(PersistentVolumeClaim.class, Component.SESSIONS, SessionsPlan.SUFFIX, SessionsClaims::claims);
    }

    @Override
    public Matcher.Result<PersistentVolumeClaim> match(
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return Matcher.Result.computed(SessionsClaims.matches(actual, desired), desired);
    }

    /** Pods work with the volume as it is: a refused expansion blocks nothing else. */
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
            PlanContext.add(
                    context,
                    SessionsClaims.expansionRefused(
                            actual, desired, e.getStatus().getMessage()));
            return actual;
        }
    }
}
