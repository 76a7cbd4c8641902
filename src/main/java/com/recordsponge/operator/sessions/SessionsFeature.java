package com.recordsponge.operator.sessions;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.runtime.Settings;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** The volume that keeps sessions when pods are replaced. */
@Singleton
public class SessionsFeature implements Feature<SessionsPlan> {

    /** Name of the sessions' volume in the pods; without this feature it is an emptyDir. */
    private static final String VOLUME = "sessions";

    private final Duration expansionRetry;

    public SessionsFeature(Settings settings) {
        this.expansionRetry = settings.expansionRetry();
    }

    @Override
    public Component component() {
        return Component.SESSIONS;
    }

    @Override
    public Optional<SessionsPlan> plan(PlanInput input) {
        return Optional.ofNullable(input.spec().sessions())
                .map(spec ->
                        new SessionsPlan(input.name() + SessionsPlan.SUFFIX, spec.storage(), spec.storageClassName()));
    }

    @Override
    public void pods(SessionsPlan plan, PodParts parts) {
        parts.volumes()
                .add(new VolumeBuilder()
                        .withName(VOLUME)
                        .withNewPersistentVolumeClaim()
                        .withClaimName(plan.claim())
                        .endPersistentVolumeClaim()
                        .build());
    }

    @Override
    public Finding finding(SessionsPlan plan, ReconciliationState state) {
        return SessionsFinding.of(plan, state);
    }

    @Override
    public void status(SessionsPlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        SessionsFinding.status(plan, state).ifPresent(status::sessions);
    }

    @Override
    public Optional<Duration> recheck(SessionsPlan plan, ReconciliationState state) {
        return state.plan().waitsFor(Reason.EXPANSION_REFUSED) ? Optional.of(expansionRetry) : Optional.empty();
    }
}
