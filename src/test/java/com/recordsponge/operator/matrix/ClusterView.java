package com.recordsponge.operator.matrix;

import com.recordsponge.operator.support.ChangeHandler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The objects that stub pods depend on, as watches show them. */
final class ClusterView implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<EndpointSlice> endpoints;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private final Map<String, SharedIndexInformer<? extends HasMetadata>> referenced;

    ClusterView(KubernetesClient client) {
        this.client = client;
        this.pods = watch(Pod.class);
        this.services = watch(Service.class);
        this.endpoints = watch(EndpointSlice.class);
        this.claims = watch(PersistentVolumeClaim.class);
        this.referenced = Map.of(
                "Secret", watch(Secret.class),
                "ConfigMap", watch(ConfigMap.class),
                "PersistentVolumeClaim", claims);
    }

    private <R extends HasMetadata> SharedIndexInformer<R> watch(Class<R> type) {
        return client.resources(type).inAnyNamespace().inform();
    }

    KubernetesClient client() {
        return client;
    }

    /** Calls a handler for each pod that is created or changed. */
    void onPod(Consumer<Pod> handler) {
        pods.addEventHandler(new ChangeHandler<>(handler));
    }

    void onService(Consumer<Service> handler) {
        services.addEventHandler(new ChangeHandler<>(handler));
    }

    void onClaim(Consumer<PersistentVolumeClaim> handler) {
        claims.addEventHandler(new ChangeHandler<>(handler));
    }

    boolean isGone(Pod pod) {
        return pods.getStore()
                        .getByKey(key(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName()))
                == null;
    }

    Stream<Service> services(String namespace) {
        return services.getStore().list().stream()
                .filter(service -> service.getMetadata().getNamespace().equals(namespace));
    }

    Optional<Service> service(String namespace, String name) {
        return Optional.ofNullable(services.getStore().getByKey(key(namespace, name)));
    }

    Stream<EndpointSlice> endpoints(String namespace, String service) {
        return endpoints.getStore().list().stream()
                .filter(slice -> slice.getMetadata().getNamespace().equals(namespace))
                .filter(slice -> service.equals(slice.getMetadata().getLabels().get("kubernetes.io/service-name")));
    }

    /** A Secret, ConfigMap or PersistentVolumeClaim. */
    Optional<HasMetadata> object(String kind, String namespace, String name) {
        return Optional.ofNullable(referenced.get(kind).getStore().getByKey(key(namespace, name)));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public void close() {
        Stream.concat(Stream.of(pods, services, endpoints), referenced.values().stream())
                .forEach(SharedIndexInformer::close);
    }
}
