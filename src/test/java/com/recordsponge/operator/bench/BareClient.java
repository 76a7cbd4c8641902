package com.recordsponge.operator.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Applies the objects of environments, with the defaults that the API server filled in, and does nothing else: no
 * server-side apply can be had for less.
 */
final class BareClient {

    private final KubernetesClient client;
    private final String namespace;
    private final String original;
    private final List<String> objects;

    /** @param objects those that the operator made for one environment, which is called {@code original} */
    BareClient(KubernetesClient client, String namespace, String original, List<GenericKubernetesResource> objects) {
        this.client = client;
        this.namespace = namespace;
        this.original = original;
        this.objects = objects.stream()
                .map(BareClient::asWritten)
                .map(Serialization::asJson)
                .toList();
    }

    private static GenericKubernetesResource asWritten(GenericKubernetesResource object) {
        var made = object.getMetadata();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(made.getName())
                .withLabels(made.getLabels())
                .withAnnotations(made.getAnnotations())
                .build());
        object.getAdditionalProperties().remove("status");
        if (object.get("spec") instanceof Map<?, ?> spec) {
            // Of a Service, of which no other can have the same.
            spec.keySet().removeAll(Set.of("clusterIP", "clusterIPs"));
        }
        return object;
    }

    int objectsPerEnvironment() {
        return objects.size();
    }

    /** Applies the objects of environments from one number to another, and returns how long that took. */
    Duration apply(int from, int to, int threads) throws InterruptedException {
        var environments = IntStream.range(from, to).mapToObj(this::copy).toList();
        var started = System.nanoTime();
        Parallel.run(threads, environments, environment -> environment.forEach(this::apply));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private List<GenericKubernetesResource> copy(int index) {
        return objects.stream()
                .map(object -> object.replace(original, "bare-%04d".formatted(index)))
                .map(object -> Serialization.unmarshal(object, GenericKubernetesResource.class))
                .toList();
    }

    private void apply(GenericKubernetesResource object) {
        client.resource(object)
                .inNamespace(namespace)
                .fieldManager("bare-client")
                .forceConflicts()
                .serverSideApply();
    }
}
