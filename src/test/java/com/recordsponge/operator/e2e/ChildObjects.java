package com.recordsponge.operator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.stream.Stream;

/** Finds the objects of an environment, of every kind. */
final class ChildObjects {

    private static final List<Class<? extends HasMetadata>> TYPED = List.of(
            Deployment.class,
            ReplicaSet.class,
            Pod.class,
            Service.class,
            EndpointSlice.class,
            PodDisruptionBudget.class,
            Ingress.class,
            NetworkPolicy.class,
            Secret.class,
            PersistentVolumeClaim.class);

    private ChildObjects() {}

    /** All objects with the environment's label, as {@code kind/name}. */
    static List<String> all(TestEnvironment environment) {
        return Stream.of(
                        TYPED.stream().flatMap(type -> environment.children(type).stream()),
                        certificates(environment).stream(),
                        untyped(environment, "traefik.io/v1alpha1", "Middleware").stream(),
                        untyped(environment, "traefik.io/v1alpha1", "ServersTransport").stream())
                .flatMap(objects -> objects)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    static List<GenericKubernetesResource> certificates(TestEnvironment environment) {
        return untyped(environment, "cert-manager.io/v1", "Certificate");
    }

    private static List<GenericKubernetesResource> untyped(
            TestEnvironment environment, String apiVersion, String kind) {
        return environment
                .cluster()
                .client()
                .genericKubernetesResources(apiVersion, kind)
                .inNamespace(environment.cluster().namespace())
                .withLabel("recordsponge.com/environment", environment.name())
                .list()
                .getItems();
    }
}
