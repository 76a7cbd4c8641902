package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.ClaimDependentResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

/** The PersistentVolumeClaim of the sessions. */
public class SessionsClaimDependentResource extends ClaimDependentResource {

    public SessionsClaimDependentResource() {
        super(Component.SESSIONS, SessionsPlan.SUFFIX, "sessions.storage", SessionsClaims::claims);
    }

    @Override
    protected boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return SessionsClaims.matches(actual, desired);
    }

    @Override
    protected PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired) {
        return SessionsClaims.changed(actual, desired);
    }
}
