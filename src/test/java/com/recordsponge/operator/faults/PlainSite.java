package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An environment of a few objects. */
record PlainSite(ControlPlane plane, String namespace, String name) {

    /** Creates a namespace with one of the name {@code site}. */
    static PlainSite create(ControlPlane plane, String namespace) {
        return create(plane, namespace, "");
    }

    /** @param spec a further line of its spec */
    static PlainSite create(ControlPlane plane, String namespace, String spec) {
        plane.environment(namespace);
        return new PlainSite(plane, namespace, "site").apply(spec);
    }

    /** Creates another in the same namespace. */
    PlainSite beside(String other) {
        return new PlainSite(plane, namespace, other).apply("");
    }

    private PlainSite apply(String spec) {
        plane.client()
                .resource(Serialization.unmarshal(
                        """
                    apiVersion: recordsponge.com/v1
                    kind: RecordSpongeEnvironment
                    metadata: {name: %2$s, namespace: %1$s}
                    spec:
                      tier: staging
                      image: recordsponge/expungeservice:staging
                      host: %3$s
                      %4$s
                    """.formatted(namespace, name, host(), spec), RecordSpongeEnvironment.class))
                .create();
        return this;
    }

    String host() {
        return "%s.%s.example.org".formatted(name, namespace);
    }

    void patch(String yaml) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), yaml);
    }

    private Resource<RecordSpongeEnvironment> resource() {
        return plane.client()
                .resources(RecordSpongeEnvironment.class)
                .inNamespace(namespace)
                .withName(name);
    }

    /** The hosts that it waits for. */
    List<String> waitingHosts() {
        return Stream.ofNullable(resource().get().getStatus().waitingHosts())
                .flatMap(List::stream)
                .map(waiting -> waiting.host())
                .toList();
    }

    /** The hosts of the Ingresses in its namespace. */
    Set<String> hosts() {
        return plane.client().resources(Ingress.class).inNamespace(namespace).list().getItems().stream()
                .flatMap(ingress -> ingress.getSpec().getRules().stream())
                .map(IngressRule::getHost)
                .collect(Collectors.toSet());
    }

    Resource<Deployment> deployment() {
        return plane.client().resources(Deployment.class).inNamespace(namespace).withName(name);
    }

    /** Waits for its Deployment. */
    void awaitServed(Path log) {
        await().untilAsserted(() -> assertThat(deployment().get())
                .as("Deployment %s/%s; operator's log %s", namespace, name, log)
                .isNotNull());
    }
}
