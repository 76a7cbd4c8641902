package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentSpec;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Combines the plans of all features into the plan of an environment. */
public final class Planner {

    private static final Duration PROGRESS_DEADLINE = Duration.ofMinutes(5);

    private final List<Feature<?>> features;

    public Planner(List<Feature<?>> features) {
        this.features = features.stream()
                .sorted(Comparator.comparing(Feature::component))
                .toList();
    }

    /** The Secrets and ConfigMaps that an environment references. */
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        return features.stream()
                .flatMap(feature -> feature.references(environment).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Never throws because of what a spec contains or lacks: each problem becomes a {@link Blocker}. */
    public EnvironmentPlan plan(PlanInput input) {
        var planned = features.stream()
                .<PlannedFeature<?>>flatMap(feature -> PlannedFeature.of(feature, input).stream())
                .toList();
        var blockers = Stream.concat(
                        unknownValues(input.spec()), planned.stream().flatMap(feature -> feature.blockers(input)))
                .toList();
        var suspension = suspension(input);
        var pods = new PodParts();
        planned.forEach(feature -> feature.pods(pods));
        return new EnvironmentPlan(
                input.namespace(),
                input.name(),
                suspension == null ? Objects.requireNonNullElse(input.spec().replicas(), 1) : 0,
                suspension,
                input.spec().progressDeadline() == null
                        ? PROGRESS_DEADLINE
                        : Durations.parse(input.spec().progressDeadline()),
                input.capabilities(),
                planned,
                pods,
                blockers);
    }

    private static String suspension(PlanInput input) {
        if (Boolean.TRUE.equals(input.spec().suspend())) {
            return "spec.suspend is true";
        }
        return RequestAnnotation.SUSPEND
                        .of(input.environment())
                        .filter("true"::equals)
                        .isPresent()
                ? "Annotation %s is true".formatted(RequestAnnotation.SUSPEND)
                : null;
    }

    private static Stream<Blocker> unknownValues(EnvironmentSpec spec) {
        return spec.unknownValues().stream().flatMap(field -> Arrays.stream(Component.values())
                .map(component -> new Blocker(
                        component,
                        Reason.UNKNOWN_VALUE,
                        "This version of the operator does not know the value of spec.%s; upgrade the operator or correct the value."
                                .formatted(field))));
    }
}
