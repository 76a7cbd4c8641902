package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Secrets of the pods must remain. */
class SecretsInUseTest {

    private static final String COMPLETE =
            "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2}";

    private static SecretsInUse inUse(HasMetadata... objects) {
        return SecretsInUse.of("site", new OwnedObjects() {
            @Override
            public <R extends HasMetadata> Stream<R> all(Class<R> type) {
                return Arrays.stream(objects).filter(type::isInstance).map(type::cast);
            }
        });
    }

    /** A Deployment of generation 2 with 2 replicas, whose pods read the Secret {@code new}. */
    private static Deployment deployment(String status) {
        return Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: site, generation: 2}
                spec: {replicas: 2, template: {spec: {containers: [{envFrom: [{secretRef: {name: new}}]}]}}}
                status: %s
                """.formatted(status), Deployment.class);
    }

    /** A pod that reads the Secret {@code old}. */
    private static Pod pod(String phase, String deletionTimestamp) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: site-1, deletionTimestamp: %s}
                spec: {containers: [{envFrom: [{secretRef: {name: old}}]}]}
                status: {phase: %s}
                """.formatted(deletionTimestamp, phase), Pod.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Pending, null, true",
        "Running, null, true",
        "Unknown, null, true",
        "Running, 2026-01-01T00:00:00Z, true",
        "Succeeded, null, false",
        "Failed, null, false"
    })
    void aPodKeepsItsSecretsUntilItCannotRun(String phase, String deletionTimestamp, boolean kept) {
        assertThat(inUse(deployment(COMPLETE), pod(phase, deletionTimestamp)).keeps("old"))
                .isEqualTo(kept);
    }

    @Test
    void theTemplateKeepsItsSecretsWithoutPods() {
        assertThat(inUse(deployment(COMPLETE)).keeps("new")).isTrue();
    }

    @Test
    void onceARolloutIsCompleteNothingKeepsTheFormerSecrets() {
        assertThat(inUse(deployment(COMPLETE)).keeps("old")).isFalse();
    }

    /** Its ReplicaSet creates the next one in a moment, also if it was the only one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2}",
                "{observedGeneration: 2, replicas: 1, updatedReplicas: 1}",
                "{observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2}",
                "{observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2}",
                "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1}"
            })
    void untilARolloutIsCompleteEverySecretRemains(String status) {
        assertThat(inUse(deployment(status)).keeps("old")).isTrue();
        assertThat(inUse(deployment(status)).named("old")).isFalse();
    }

    @Test
    void withoutADeploymentEverySecretRemains() {
        assertThat(inUse().keeps("old")).isTrue();
    }

    @Test
    void everyWayToReadASecretIsFound() {
        var pod = Serialization.unmarshal("""
                initContainers: [{envFrom: [{secretRef: {name: init}}]}]
                containers:
                - envFrom: [{secretRef: {name: all}}, {configMapRef: {name: none}}]
                  env: [{name: A, valueFrom: {secretKeyRef: {name: key, key: a}}}, {name: B, value: b}]
                - envFrom: [{secretRef: {name: sidecar}}]
                volumes:
                - {name: one, secret: {secretName: volume}}
                - {name: two, projected: {sources: [{secret: {name: projected}}, {configMap: {name: none}}]}}
                - {name: three, emptyDir: {}}
                """, PodSpec.class);
        assertThat(SecretsInUse.names(pod))
                .containsExactlyInAnyOrder("init", "all", "key", "sidecar", "volume", "projected");
    }
}
