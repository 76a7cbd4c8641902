package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScaleClusterTest extends ClusterTest {

    private final TestEnvironment environment = environment("scale");

    @BeforeAll
    void applyTheEnvironment() {
        environment.applyStaging(database(environment).yaml());
        environment.awaitServed();
    }

    @Test
    void suspensionRemovesOnlyThePods() {
        var ingresses = environment.children(Ingress.class).size();
        environment.patch("{\"suspend\": true}");
        environment.await("Ready", "False", "Suspended");
        environment.await("Suspended", "True", "Suspended");
        eventually(() -> {
            assertThat(environment.pods()).isEmpty();
            assertThat(environment.resource().get().getStatus().replicas()).isZero();
        });

        assertThat(environment.children(Ingress.class)).hasSize(ingresses);
        assertThat(ChildObjects.certificates(environment)).hasSize(1);
        assertThat(environment.child(Secret.class, environment.tlsSecret()).get())
                .isNotNull();
        assertThat(environment.child(Secret.class, environment.connection()).get())
                .isNotNull();

        environment.patch("{\"suspend\": false}");
        environment.awaitServed();
    }

    @Test
    void kubectlScaleScalesTheDeployment() {
        cluster.kubectl("scale", "recordsponge/" + environment.name(), "--replicas=2");
        environment.awaitReady();

        assertThat(environment.deployment().getSpec().getReplicas()).isEqualTo(2);
        assertThat(environment.resource().get().getStatus().replicas()).isEqualTo(2);
        cluster.kubectl("scale", "recordsponge/" + environment.name(), "--replicas=1");
        environment.awaitReady();
    }

    @Test
    void aDrainEvictsOnePodAtATime() {
        cluster.kubectl("scale", "recordsponge/" + environment.name(), "--replicas=2");
        environment.awaitReady();
        var budget = environment.child(PodDisruptionBudget.class, environment.name());
        eventually(() ->
                assertThat(budget.get().getStatus().getDisruptionsAllowed()).isEqualTo(1));
        var pods = runningPods();
        assertThat(pods).hasSize(2);

        assertThat(evict(pods.getFirst())).isTrue();
        assertThat(evict(pods.getLast()))
                .as("while the first is being replaced")
                .isFalse();

        eventually(() ->
                assertThat(budget.get().getStatus().getDisruptionsAllowed()).isEqualTo(1));
        cluster.kubectl("scale", "recordsponge/" + environment.name(), "--replicas=1");
        environment.awaitReady();
        eventually(() -> assertThat(budget.get()).isNull());
        assertThat(evict(runningPods().getFirst())).isTrue();
        environment.awaitReady();
    }

    private List<Pod> runningPods() {
        return environment.pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Evicts a pod as kubectl drain does, without retries: they would wait until the budget allows the eviction. */
    private boolean evict(Pod pod) {
        var once = new ConfigBuilder(cluster.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder().withConfig(once).build()) {
            return client.pods().resource(pod).evict();
        }
    }
}
