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
 * Applies the objects of environments, with the API server's defaults filled in, and does nothing else: the lower limit
 * for the cost of server-side apply.
 */
final class BareClient {

    private final KubernetesClient client;
    private final String namespace;
    private final String original;
    private final List<String> objects;

    /** @param objects what the operator created for one environment, named {@code original} */
    BareClient(KubernetesClient client, String namespace, String original, List<GenericKubernetesResource> objects) {
        this.client = client;
        this.namespace = namespace;
        this.original = original;
        this.objects = objects.stream()
                .map(BareClient::asApplied)
                .map(Serialization::asJson)
                .toList();
    }

    private static GenericKubernetesResource asApplied(GenericKubernetesResource object) {
        var created = object.getMetadata();
        object.setMetadata(new ObjectMetaBuilder()
                .withName(created.getName())
                .withLabels(created.getLabels())
                .withAnnotations(created.getAnnotations())
                .build());
        object.getAdditionalProperties().remove("status");
        if (object.get("spec") instanceof Map<?, ?> spec) {
            // Unique to each Service.
            spec.keySet().removeAll(Set.of("clusterIP", "clusterIPs"));
        }
        return object;
    }

    int objectsPerEnvironment() {
        return objects.size();
    }

    /** Applies the objects of environments in a range of numbers, and returns how long it took. */
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
