package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.SecretText;
import com.recordsponge.operator.plan.SecretValue;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        return Stream.ofNullable(environment.getSpec().imagePullSecrets())
                .flatMap(List::stream)
                .map(secret -> Reference.secret(environment, secret.name()))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Reference> podReferences(RecordSpongeEnvironment environment) {
        var spec = environment.getSpec();
        var references = new LinkedHashSet<Reference>();
        if (spec.sessionKeySecretRef() != null) {
            references.add(
                    Reference.secret(environment, spec.sessionKeySecretRef().name()));
        }
        if (spec.envFrom() != null) {
            spec.envFrom()
                    .forEach(source -> references.add(
                            source.secretRef() != null
                                    ? Reference.secret(
                                            environment, source.secretRef().name())
                                    : Reference.configMap(
                                            environment, source.configMapRef().name())));
        }
        return references;
    }

    @Override
    public Optional<WorkloadPlan> plan(PlanInput input) {
        return Optional.of(WorkloadPlan.of(input, ingressPods));
    }

    @Override
    public List<Check<WorkloadPlan>> checks() {
        return List.of(WorkloadFeature::missingReferences, WorkloadFeature::sessionKey);
    }

    private static Stream<Blocker> missingReferences(WorkloadPlan plan, PlanInput input) {
        return input.podReferences().stream()
                .filter(reference -> !input.exists(reference))
                .map(reference -> SecretValue.notFound(WORKLOAD, reference));
    }

    private static Stream<Blocker> sessionKey(WorkloadPlan plan, PlanInput input) {
        var secret = input.secret(plan.sessionKey().name());
        return plan.generatesSessionKey() || !input.exists(secret)
                ? Stream.empty()
                : SecretValue.read(input, WORKLOAD, secret, plan.sessionKey().key(), SecretText::flaw)
                        .blocker()
                        .stream();
    }

    @Override
    public Finding finding(WorkloadPlan plan, ReconciliationState state) {
        return WorkloadFinding.of(state);
    }

    @Override
    public void status(WorkloadPlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        WorkloadStatus.add(plan, state, status);
    }
}
