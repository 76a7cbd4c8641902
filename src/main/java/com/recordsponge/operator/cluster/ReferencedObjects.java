package com.recordsponge.operator.cluster;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.ReferencedData;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Secrets and ConfigMaps that environments reference. A watch on metadata reports that one has changed; the
 * operator reads the data of referenced objects only, and only when their version is new.
 */
@Singleton
public class ReferencedObjects extends SimpleInboundEventSource<RecordSpongeEnvironment>
        implements ResourceEventAware<RecordSpongeEnvironment> {

    /** The annotation of a Secret that cert-manager wrote, with the name of its Certificate. */
    private static final String CERTIFICATE = "cert-manager.io/certificate-name";

    private final Planner planner;
    private final Map<ResourceID, Map<Reference, Version>> known = new ConcurrentHashMap<>();

    private record Version(String resourceVersion, ReferencedData content) {}

    ReferencedObjects(Planner planner) {
        super("referenced-objects");
        this.planner = planner;
    }

    /** Informers that trigger a reconciliation of an environment when a referenced object appears, changes or disappears. */
    public List<EventSource<?, RecordSpongeEnvironment>> informers(
            EventSourceContext<RecordSpongeEnvironment> context) {
        context.getPrimaryCache()
                .addIndexer(ReferencedObjects.class.getName(), environment -> planner.references(environment).stream()
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
                        .withSecondaryToPrimaryMapper(object -> context
                                .getPrimaryCache()
                                .byIndex(ReferencedObjects.class.getName(), key(reference(kind, object)))
                                .stream()
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

    /** The content of the referenced objects that exist. */
    public Map<Reference, ReferencedData> read(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var id = ResourceID.fromResource(environment);
        var before = known.getOrDefault(id, Map.of());
        var now = new HashMap<Reference, Version>();
        for (var reference : planner.references(environment)) {
            current(reference, before.get(reference), context).ifPresent(version -> now.put(reference, version));
        }
        known.put(id, now);
        return now.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .content()));
    }

    @Override
    public void onResourceDeleted(RecordSpongeEnvironment environment) {
        known.remove(ResourceID.fromResource(environment));
    }

    private static Optional<Version> current(
            Reference reference, Version before, Context<RecordSpongeEnvironment> context) {
        var seen = metadata(reference, context);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        if (before != null
                && before.resourceVersion().equals(seen.get().getMetadata().getResourceVersion())) {
            return Optional.of(before);
        }
        return fetch(reference, context.getClient());
    }

    private static Optional<? extends HasMetadata> metadata(
            Reference reference, Context<RecordSpongeEnvironment> context) {
        var type = reference.kind() == Kind.SECRET ? ObjectMetadata.OfSecret.class : ObjectMetadata.OfConfigMap.class;
        var source = (InformerEventSource<? extends ObjectMetadata, RecordSpongeEnvironment>)
                context.eventSourceRetriever().getEventSourceFor(type);
        return source.get(new ResourceID(reference.name(), reference.namespace()));
    }

    private static Optional<Version> fetch(Reference reference, KubernetesClient client) {
        return reference.kind() == Kind.SECRET
                ? fetch(reference, client.secrets(), secret -> decoded(secret.getData(), Base64.getDecoder()::decode))
                : fetch(reference, client.configMaps(), ReferencedObjects::data);
    }

    private static <R extends HasMetadata> Optional<Version> fetch(
            Reference reference, MixedOperation<R, ?, Resource<R>> objects, Function<R, Map<String, byte[]>> data) {
        return Optional.ofNullable(objects.inNamespace(reference.namespace())
                        .withName(reference.name())
                        .get())
                .map(object -> new Version(
                        object.getMetadata().getResourceVersion(),
                        new ReferencedData(data.apply(object), certificate(object))));
    }

    private static Optional<String> certificate(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(CERTIFICATE));
    }

    private static Map<String, byte[]> data(ConfigMap configMap) {
        var data = decoded(configMap.getData(), text -> text.getBytes(StandardCharsets.UTF_8));
        data.putAll(decoded(configMap.getBinaryData(), Base64.getDecoder()::decode));
        return data;
    }

    private static Map<String, byte[]> decoded(Map<String, String> values, Function<String, byte[]> decode) {
        var decoded = new TreeMap<String, byte[]>();
        if (values != null) {
            values.forEach((key, value) -> decoded.put(key, decode.apply(value)));
        }
        return decoded;
    }

    private static Reference reference(Kind kind, HasMetadata object) {
        return new Reference(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private static String key(Reference reference) {
        return reference.kind() + "/" + reference.namespace() + "/" + reference.name();
    }
}
