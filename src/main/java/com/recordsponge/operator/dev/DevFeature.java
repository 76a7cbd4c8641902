package com.recordsponge.operator.dev;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.DevSpec;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodData;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A developer's environment: source tree, front end, PostgreSQL and watchers. */
@Singleton
public class DevFeature implements Feature<DevPlan> {

    private final SourceLookup sources;
    private final Reports reports;
    private final Optional<PartPolicies.Callers> callers;
    private final Duration sourceRecheck;
    private final Duration expansionRetry;

    public DevFeature(SourceLookup sources, Reports reports, Settings settings) {
        this.sources = sources;
        this.reports = reports;
        this.callers = Optional.of(settings.networkPolicy())
                .filter(Settings.NetworkPolicy::enabled)
                .map(policy -> new PartPolicies.Callers(
                        policy.ingressController(), settings.leaderElection().namespace()));
        this.sourceRecheck = settings.capabilityRecheck();
        this.expansionRetry = settings.expansionRetry();
    }

    @Override
    public Component component() {
        return Component.DEVELOPMENT;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        return Optional.ofNullable(environment.getSpec().dev()).map(DevSpec::frontend).stream()
                .flatMap(frontend -> Optional.ofNullable(frontend.caConfigMapRef()).stream())
                .map(configMap -> Reference.configMap(environment, configMap.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<DevPlan> plan(PlanInput input) {
        return DevPlan.of(input, sources, callers, reports);
    }

    @Override
    public List<Check<DevPlan>> checks() {
        return List.of(
                (plan, input) -> DevFinding.sourceBlocker(plan, input.namespace()).stream(),
                (plan, _) -> plan.frontend().flatMap(DevPlan.Frontend::ca).flatMap(PodData::blocker).stream());
    }

    @Override
    public void pods(DevPlan plan, PodParts parts) {
        BackendPods.add(plan, parts);
    }

    @Override
    public Finding finding(DevPlan plan, ReconciliationState state) {
        return DevFinding.of(plan, state);
    }

    @Override
    public void status(DevPlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        WatcherResults.of(plan, state).ifPresent(status::dev);
    }

    /** The operator does not watch the claim with the tree, which has none of its labels, nor StorageClasses. */
    @Override
    public Optional<Duration> recheck(DevPlan plan, ReconciliationState state) {
        if (!plan.source().usable()) {
            return Optional.of(sourceRecheck);
        }
        return Stream.concat(
                        Stream.of(expansionRetry).filter(_ -> state.plan().waitsFor(Reason.EXPANSION_REFUSED)),
                        UnmountedPods.remaining(state.owned(), DevFinding.deployments(plan, state), state.now())
                                .stream())
                .min(Comparator.naturalOrder());
    }
}
