package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.plan.PodParts;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The application's pods, and what protects them. */
@Singleton
public class WorkloadFeature implements Feature<WorkloadPlan> {

    private final Optional<PodGroup> ingressPods;

    public WorkloadFeature(Settings settings) {
        this.ingressPods = Optional.of(settings.networkPolicy())
                .filter(Settings.NetworkPolicy::enabled)
                .map(Settings.NetworkPolicy::ingressController);
    }

    @Override
    public Component component() {
        return WORKLOAD;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        var references = new LinkedHashSet<Reference>();
        Stream.ofNullable(spec.imagePullSecrets())
                .flatMap(List::stream)
                .forEach(secret -> references.add(Reference.secret(environment, secret.name())));
        Stream.ofNullable(spec.sessionKeySecretRef())
                .forEach(secret -> references.add(Reference.secret(environment, secret.name())));
        Stream.ofNullable(spec.envFrom())
                .flatMap(List::stream)
                .forEach(source -> references.add(
                        source.secretRef() != null
                                ? Reference.secret(
                                        environment, source.secretRef().name())
                                : Reference.configMap(
                                        environment, source.configMapRef().name())));
        return references;
    }

    @Override
    public Optional<WorkloadPlan> plan(PlanInput input) {
        return Optional.of(WorkloadPlan.of(input, ingressPods));
    }

    @Override
    public List<Check<WorkloadPlan>> checks() {
        return List.of((plan, _) -> plan.flaws().stream());
    }

    @Override
    public void pods(WorkloadPlan plan, PodParts parts) {
        plan.data().filter(data -> data.copy().isPresent()).forEach(parts.data()::add);
    }

    @Override
    public Finding finding(WorkloadPlan plan, ReconciliationState state) {
        return WorkloadFinding.of(state);
    }

    @Override
    public void status(WorkloadPlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        WorkloadStatus.add(state, status);
    }
}
