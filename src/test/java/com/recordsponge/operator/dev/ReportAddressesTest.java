package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.dev.ReportAddresses.Address;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the operator asks the supervisors. */
class ReportAddressesTest {

    private static Pod pod(String deployment, String name, String ip, String created) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %2$s
                  creationTimestamp: "%4$s"
                  labels: {pod-template-hash: abc}
                  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: %1$s-abc, uid: "1"}]
                status: {phase: Running, podIP: %3$s}
                """.formatted(deployment, name, ip, created), Pod.class);
    }

    private static Map<String, Address> addresses(Pod... pods) {
        var plan = environment().development().plan().get(DevPlan.class);
        return ReportAddresses.of(
                plan, "staging", environment().finds(List.of(pods)).owned());
    }

    @Test
    void everySupervisorIsAskedAtItsPodsAddress() {
        assertThat(addresses(
                        pod("staging", "a", "10.42.0.8", "2026-01-01T00:00:00Z"),
                        pod("staging-frontend", "b", "10.42.0.9", "2026-01-01T00:00:00Z")))
                .containsOnly(
                        Map.entry("backend", new Address("10.42.0.8", 9100)),
                        Map.entry("watch-tests", new Address("10.42.0.8", 9101)),
                        Map.entry("frontend", new Address("10.42.0.9", 9100)),
                        Map.entry("watch-ui", new Address("10.42.0.9", 9102)));
    }

    @Test
    void theNewestPodIsAsked() {
        assertThat(addresses(
                        pod("staging", "old", "10.42.0.8", "2026-01-01T00:00:00Z"),
                        pod("staging", "new", "10.42.0.7", "2026-01-01T00:01:00Z")))
                .containsEntry("backend", new Address("10.42.0.7", 9100));
    }

    @Test
    void aPodThatSomebodyLabelledIsNotAsked() {
        var labelled = pod("staging", "a", "10.42.0.8", "2026-01-01T00:00:00Z");
        labelled.getMetadata().getLabels().putAll(Labels.of("staging"));
        labelled.getMetadata().setOwnerReferences(List.of());
        assertThat(addresses(labelled)).isEmpty();
    }

    @Test
    void aPodWithoutAnAddressIsNotAsked() {
        assertThat(addresses(pod("staging", "a", null, "2026-01-01T00:00:00Z"))).isEmpty();
    }
}
