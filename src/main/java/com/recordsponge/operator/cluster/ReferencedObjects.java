package com.recordsponge.operator.cluster;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.ReferencedVersion;
import com.recordsponge.operator.plan.References;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Secrets and ConfigMaps that environments reference. A watch on metadata reports that one has changed; the
 * operator reads the data of referenced objects only, when their version is new, and keeps little of it ({@link
 * ReferencedVersions}).
 */
@Singleton
public class ReferencedObjects extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    private static final String BY_REFERENCE = ReferencedObjects.class.getName();

    private final Planner planner;
    private final ReferencedVersions versions;

    private IndexerResourceCache<RecordSpongeEnvironment> environments;

    ReferencedObjects(Planner planner, KubernetesClient client) {
        super("referenced-objects");
        this.planner = planner;
        this.versions = new ReferencedVersions(new ObjectReader(client)::read);
    }

    /** Informers that trigger a reconciliation of an environment when a referenced object appears, changes or disappears. */
    public List<EventSource<?, RecordSpongeEnvironment>> informers(
            EventSourceContext<RecordSpongeEnvironment> context) {
        environments = context.getPrimaryCache();
        environments.addIndexer(BY_REFERENCE, environment -> planner.references(environment).stream()
                .map(ReferencedObjects::key)
                .toList());
        return List.of(
                source(Kind.SECRET, ObjectMetadata.OfSecret.class, context),
                source(Kind.CONFIG_MAP, ObjectMetadata.OfConfigMap.class, context));
    }

    private <R extends ObjectMetadata> EventSource<?, RecordSpongeEnvironment> source(
            Kind kind, Class<R> type, EventSourceContext<RecordSpongeEnvironment> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, RecordSpongeEnvironment.class)
                        .withName("referenced " + kind)
                        .withInformerListLimit(500L)
                        .withSecondaryToPrimaryMapper(
                                object -> environments.byIndex(BY_REFERENCE, key(reference(kind, object))).stream()
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper(
                                (RecordSpongeEnvironment environment) -> planner.references(environment).stream()
                                        .filter(reference -> reference.kind() == kind)
                                        .map(reference -> new ResourceID(reference.name(), reference.namespace()))
                                        .collect(Collectors.toSet()))
                        .build(),
                context);
    }

    /** The referenced objects as they are now. */
    public References read(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var found = new HashMap<Reference, ReferencedVersion>();
        for (var reference : planner.references(environment)) {
            current(reference, context).ifPresent(version -> found.put(reference, version));
        }
        return new References() {
            @Override
            public Optional<ReferencedVersion> version(Reference reference) {
                return Optional.ofNullable(found.get(reference));
            }

            @Override
            public Optional<Map<String, byte[]>> data(Reference reference) {
                return found.containsKey(reference) ? versions.data(reference) : Optional.empty();
            }
        };
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        planner.references(environment).stream()
                .filter(reference ->
                        environments.byIndex(BY_REFERENCE, key(reference)).isEmpty())
                .forEach(versions::forget);
    }

    /** Whether an object of that name exists, whoever created it. Sends no request. */
    public static boolean exists(Reference reference, Context<RecordSpongeEnvironment> context) {
        return metadata(reference, context).isPresent();
    }

    private Optional<ReferencedVersion> current(Reference reference, Context<RecordSpongeEnvironment> context) {
        var seen = metadata(reference, context);
        if (seen.isEmpty()) {
            versions.forget(reference);
            return Optional.empty();
        }
        return versions.current(reference, seen.get().getMetadata().getResourceVersion());
    }

    private static Optional<? extends HasMetadata> metadata(
            Reference reference, Context<RecordSpongeEnvironment> context) {
        var type = reference.kind() == Kind.SECRET ? ObjectMetadata.OfSecret.class : ObjectMetadata.OfConfigMap.class;
        var source = (InformerEventSource<? extends ObjectMetadata, RecordSpongeEnvironment>)
                context.eventSourceRetriever().getEventSourceFor(type);
        return source.get(new ResourceID(reference.name(), reference.namespace()));
    }

    private static Reference reference(Kind kind, HasMetadata object) {
        return new Reference(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private static String key(Reference reference) {
        return reference.kind() + "/" + reference.namespace() + "/" + reference.name();
    }
}
