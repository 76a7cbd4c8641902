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

    private static Pod pod(Map<String, String> labels, String name, String ip, String created) {
        var pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, creationTimestamp: "%s"}
                status: {phase: Running, podIP: %s}
                """.formatted(name, created, ip), Pod.class);
        pod.getMetadata().setLabels(labels);
        return pod;
    }

    private static Map<String, Address> addresses(Pod... pods) {
        var plan = environment().development().plan().get(DevPlan.class);
        return ReportAddresses.of(
                plan, "staging", environment().finds(List.of(pods)).owned());
    }

    @Test
    void everySupervisorIsAskedAtItsPodsAddress() {
        assertThat(addresses(
                        pod(Labels.of("staging"), "a", "10.42.0.8", "2026-01-01T00:00:00Z"),
                        pod(Labels.ofPart("staging", "frontend"), "b", "10.42.0.9", "2026-01-01T00:00:00Z")))
                .containsOnly(
                        Map.entry("backend", new Address("10.42.0.8", 9100)),
                        Map.entry("watch-tests", new Address("10.42.0.8", 9101)),
                        Map.entry("frontend", new Address("10.42.0.9", 9100)),
                        Map.entry("watch-ui", new Address("10.42.0.9", 9102)));
    }

    @Test
    void theNewestPodIsAsked() {
        assertThat(addresses(
                        pod(Labels.of("staging"), "old", "10.42.0.8", "2026-01-01T00:00:00Z"),
                        pod(Labels.of("staging"), "new", "10.42.0.7", "2026-01-01T00:01:00Z")))
                .containsEntry("backend", new Address("10.42.0.7", 9100));
    }

    @Test
    void aPodWithoutAnAddressIsNotAsked() {
        assertThat(addresses(pod(Labels.of("staging"), "a", null, "2026-01-01T00:00:00Z")))
                .isEmpty();
    }
}
