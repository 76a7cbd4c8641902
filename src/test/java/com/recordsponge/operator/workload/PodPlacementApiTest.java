package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.route.RouteObjects;
import com.recordsponge.operator.sessions.SessionsObjects;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.support.TestApiServer;
import com.recordsponge.operator.support.TestScheduler;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a real scheduler places the pods of an environment. By default it prefers the largest node. */
class PodPlacementApiTest {

    private static final TestApiServer SERVER = TestApiServer.get();

    private final String namespace = SERVER.namespace("placement-" + Long.toString(System.nanoTime(), 36));
    private TestScheduler scheduler;

    @BeforeEach
    void startTheScheduler() throws IOException {
        scheduler = new TestScheduler();
    }

    @AfterEach
    void stopTheScheduler() {
        SERVER.client().pods().inNamespace(namespace).withGracePeriod(0).delete();
        scheduler.close();
    }

    @Test
    void podsRunOnDifferentNodes() {
        scheduler.node("big", 64, Map.of());
        scheduler.node("small", 2, Map.of());

        assertThat(nodesOf(environment())).containsExactlyInAnyOrder("big", "small");
    }

    @Test
    void podsRunInDifferentZones() {
        scheduler.node("big", 64, Map.of("topology.kubernetes.io/zone", "a"));
        scheduler.node("beside-it", 64, Map.of("topology.kubernetes.io/zone", "a"));
        scheduler.node("far-and-small", 2, Map.of("topology.kubernetes.io/zone", "b"));

        assertThat(nodesOf(environment())).contains("far-and-small").hasSize(2);
    }

    @Test
    void allPodsRunOnASingleNode() {
        scheduler.node("only", 2, Map.of());

        assertThat(nodesOf(environment())).containsExactly("only", "only");
    }

    /** On another node, the second pod could not mount the volume. */
    @Test
    void podsWithASharedVolumeRunOnOneNode() {
        scheduler.node("one", 4, Map.of());
        scheduler.node("another", 4, Map.of());
        var sharing = environment().with("sessions", "{storage: 1Gi, storageClassName: ''}");
        provideVolume(sharing);

        assertThat(Set.copyOf(nodesOf(sharing))).hasSize(1);
    }

    /** The nodes of two pods, created one after the other. */
    private List<String> nodesOf(EnvironmentFixture environment) {
        // By default the scheduler spreads the pods of a Service, including those that share a volume.
        SERVER.client()
                .resource(RouteObjects.service(environment.plan()))
                .inNamespace(namespace)
                .create();
        return List.of(nodeOf(pod("one", environment)), nodeOf(pod("two", environment)));
    }

    private void provideVolume(EnvironmentFixture environment) {
        var plan = environment.plan();
        var claim = new PersistentVolumeClaimBuilder(SessionsObjects.claim(plan).orElseThrow())
                .editMetadata()
                .withNamespace(namespace)
                .addToAnnotations("pv.kubernetes.io/bind-completed", "yes")
                .endMetadata()
                .editSpec()
                .withVolumeName(namespace)
                .endSpec()
                .build();
        SERVER.client().resource(claim).create();
        SERVER.client()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withNewNfs("/", false, "192.0.2.1")
                        .endSpec()
                        .build())
                .create();
    }

    private Pod pod(String name, EnvironmentFixture environment) {
        var template = WorkloadObjects.deployment(environment.plan()).getSpec().getTemplate();
        return SERVER.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(template.getMetadata().getLabels())
                        .addToLabels("pod-template-hash", "abc")
                        .endMetadata()
                        .withNewSpecLike(template.getSpec())
                        .withSchedulerName(TestScheduler.NAME)
                        .endSpec()
                        .build())
                .create();
    }

    private static String nodeOf(Pod pod) {
        await().untilAsserted(() -> {
            var placed = SERVER.client().resource(pod).get();
            assertThat(placed.getSpec().getNodeName())
                    .as(
                            "the node of a pod with the conditions %s",
                            placed.getStatus().getConditions())
                    .isNotNull();
        });
        return SERVER.client().resource(pod).get().getSpec().getNodeName();
    }
}
