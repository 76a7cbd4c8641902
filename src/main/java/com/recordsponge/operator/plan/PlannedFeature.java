package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A feature together with its plan for one environment. */
public record PlannedFeature<P>(Feature<P> feature, P plan) {

    static <P> Optional<PlannedFeature<P>> of(Feature<P> feature, PlanInput input) {
        return feature.plan(input).map(plan -> new PlannedFeature<>(feature, plan));
    }

    Stream<Blocker> blockers(PlanInput input) {
        return feature.checks().stream().flatMap(check -> check.blockers(plan, input));
    }

    void pods(PodParts parts) {
        feature.pods(plan, parts);
    }

    public Component component() {
        return feature.component();
    }

    public Finding finding(ReconciliationState state) {
        return feature.finding(plan, state);
    }

    public Optional<Finding> reservation(ReconciliationState state) {
        return feature.reservation(plan, state);
    }

    public void status(ReconciliationState state, EnvironmentStatus.Builder status) {
        feature.status(plan, state, status);
    }

    public void serving(ReconciliationState state, EnvironmentStatus.Builder status) {
        feature.serving(plan, state, status);
    }

    public Optional<Duration> recheck(ReconciliationState state) {
        return feature.recheck(plan, state);
    }
}
