package com.recordsponge.operator.image;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.runtime.EnvironmentsAware;
import com.recordsponge.operator.runtime.StatusListener;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the environments from which images are promoted, and triggers the reconciliation of those that take them over when
 * something about them changes. Sends no request.
 */
@Singleton
public class PromotionSources extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements Environments, EnvironmentsAware, StatusListener, ResourceEventAware<RecordSpongeEnvironment> {

    private static final String BY_SOURCE = PromotionSources.class.getName();

    private IndexerResourceCache<RecordSpongeEnvironment> environments;

    PromotionSources() {
        super("promotions");
    }

    @Override
    public void watch(EventSourceContext<RecordSpongeEnvironment> context) {
        environments = context.getPrimaryCache();
        environments.addIndexer(
                BY_SOURCE,
                environment -> source(environment).map(PromotionSources::key).toList());
    }

    @Override
    public Optional<RecordSpongeEnvironment> find(String namespace, String name) {
        return environments.get(new ResourceID(name, namespace));
    }

    @Override
    public void written(RecordSpongeEnvironment environment, EnvironmentStatus status) {
        if (!facts(environment.getStatus()).equals(facts(status))) {
            reconcileTargets(environment);
        }
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        reconcileTargets(environment);
    }

    private void reconcileTargets(RecordSpongeEnvironment environment) {
        environments.byIndex(BY_SOURCE, key(ResourceID.fromResource(environment))).stream()
                .map(ResourceID::fromResource)
                .forEach(this::propagateEvent);
    }

    /** What decides about promotions; the generation stands for the spec. */
    private static List<Object> facts(EnvironmentStatus status) {
        return status == null
                ? List.of()
                : Stream.of(
                                status.observedGeneration(),
                                status.history(),
                                status.release(),
                                status.condition(ConditionType.READY)
                                        .map(Condition::getStatus)
                                        .orElse(null))
                        .<Object>map(Optional::ofNullable)
                        .toList();
    }

    private static Stream<ResourceID> source(RecordSpongeEnvironment environment) {
        return ImagePlan.release(environment).stream()
                .flatMap(release -> Stream.ofNullable(release.promoteFrom()))
                .map(from -> new ResourceID(
                        from.name(),
                        Objects.requireNonNullElse(
                                from.namespace(), environment.getMetadata().getNamespace())));
    }

    private static String key(ResourceID id) {
        return id.getNamespace().orElseThrow() + "/" + id.getName();
    }
}
