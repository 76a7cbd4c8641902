package com.recordsponge.operator.plan;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one environment needs, with every default applied.
 *
 * @param replicas pods to run: none while suspended
 * @param suspension what suspends the environment, as a clause; null while it is not suspended
 * @param progressDeadline how long a rollout can go without progress
 * @param features the requested features with their plans, in the order of their components
 * @param pods what the features add to the pods
 * @param blockers what keeps components waiting
 */
public record EnvironmentPlan(
        String namespace,
        String name,
        int replicas,
        String suspension,
        Duration progressDeadline,
        Capabilities capabilities,
        List<PlannedFeature<?>> features,
        PodParts pods,
        List<Blocker> blockers) {

    /** Whether somebody scaled the environment to zero on purpose. */
    public boolean suspended() {
        return suspension != null;
    }

    /** Labels of the environment's objects. */
    public Map<String, String> labels() {
        return Labels.of(name);
    }

    /** Metadata of one of the environment's objects. */
    public ObjectMeta metadata(String objectName) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(objectName)
                .withLabels(labels())
                .build();
    }

    /** A feature's own plan; empty if the spec does not request the feature. */
    public <P> Optional<P> find(Class<P> planType) {
        return features.stream()
                .map(PlannedFeature::plan)
                .filter(planType::isInstance)
                .<P>map(planType::cast)
                .findFirst();
    }

    /** The plan of a feature that every environment has. */
    public <P> P get(Class<P> planType) {
        return find(planType).orElseThrow();
    }

    /** The same plan with more blockers. */
    public EnvironmentPlan with(List<Blocker> more) {
        return new EnvironmentPlan(
                namespace,
                name,
                replicas,
                suspension,
                progressDeadline,
                capabilities,
                features,
                pods,
                Stream.concat(blockers.stream(), more.stream()).toList());
    }

    /** What keeps a component waiting, if anything does; else what keeps a part of it waiting. */
    public Optional<Blocker> blocker(Component component) {
        return blockers.stream()
                .filter(blocker -> blocker.component() == component)
                .min(Comparator.comparing(Blocker::partial));
    }

    /** Whether something waits for one of these reasons. */
    public boolean waitsFor(Reason... reasons) {
        return blockers.stream().anyMatch(blocker -> List.of(reasons).contains(blocker.reason()));
    }

    /**
     * Whether the operator must not change a component's objects. Scaling pods to zero requires only a spec that the
     * operator understands.
     */
    public boolean blocked(Component component) {
        if (suspended() && (component == Component.WORKLOAD || component == Component.DEVELOPMENT)) {
            return waitsFor(Reason.UNKNOWN_VALUE);
        }
        return blocker(component).filter(blocker -> !blocker.partial()).isPresent()
                || component.prerequisites().stream().anyMatch(this::blocked);
    }
}
