package com.recordsponge.operator.cluster;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.plan.Reference.Kind;
import com.recordsponge.operator.plan.References;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
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
 * The Secrets and ConfigMaps that environments name. A watch on metadata tells when one has changed; the data of a
 * named one is read when its version is new, and of no other.
 */
@Singleton
public class ReferencedObjects {

    private final Map<ResourceID, Map<Reference, Version>> known = new ConcurrentHashMap<>();

    private record Version(String resourceVersion, Map<String, byte[]> data) {}

    /** Event sources that wake an environment when something it names appears, changes or goes. */
    public List<EventSource<?, RecordSpongeEnvironment>> eventSources(
            EventSourceContext<RecordSpongeEnvironment> context) {
        context.getPrimaryCache()
                .addIndexer(ReferencedObjects.class.getName(), environment -> References.of(environment).stream()
                        .map(ReferencedObjects::key)
                        .toList());
        return List.of(
                source(Kind.SECRET, ObjectMetadata.OfSecret.class, context),
                source(Kind.CONFIG_MAP, ObjectMetadata.OfConfigMap.class, context));
    }

    private static <R extends ObjectMetadata> EventSource<?, RecordSpongeEnvironment> source(
            Kind kind, Class<R> type, EventSourceContext<RecordSpongeEnvironment> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, RecordSpongeEnvironment.class)
                        .withName("named " + kind)
                        .withInformerListLimit(500L)
                        .withSecondaryToPrimaryMapper(object -> context
                                .getPrimaryCache()
                                .byIndex(ReferencedObjects.class.getName(), key(reference(kind, object)))
                                .stream()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .withPrimaryToSecondaryMapper(
                                (RecordSpongeEnvironment environment) -> References.of(environment).stream()
                                        .filter(reference -> reference.kind() == kind)
                                        .map(reference -> new ResourceID(reference.name(), reference.namespace()))
                                        .collect(Collectors.toSet()))
                        .build(),
                context);
    }

    /** The data of what the environment names and exists. */
    public Map<Reference, Map<String, byte[]>> read(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var id = ResourceID.fromResource(environment);
        var before = known.getOrDefault(id, Map.of());
        var now = new HashMap<Reference, Version>();
        for (var reference : References.of(environment)) {
            current(reference, before.get(reference), context).ifPresent(version -> now.put(reference, version));
        }
        known.put(id, now);
        return now.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .data()));
    }

    /** Forgets what was read for an environment that is gone. */
    public void forget(ResourceID environment) {
        known.remove(environment);
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
                ? Optional.ofNullable(client.secrets()
                                .inNamespace(reference.namespace())
                                .withName(reference.name())
                                .get())
                        .map(secret -> version(secret, data(secret)))
                : Optional.ofNullable(client.configMaps()
                                .inNamespace(reference.namespace())
                                .withName(reference.name())
                                .get())
                        .map(configMap -> version(configMap, data(configMap)));
    }

    private static Version version(HasMetadata object, Map<String, byte[]> data) {
        return new Version(object.getMetadata().getResourceVersion(), data);
    }

    private static Map<String, byte[]> data(Secret secret) {
        return decoded(secret.getData(), Base64.getDecoder()::decode);
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
