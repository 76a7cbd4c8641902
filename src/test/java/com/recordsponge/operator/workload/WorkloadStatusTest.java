package com.recordsponge.operator.workload;

import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields of the status other than conditions. */
class WorkloadStatusTest {

    private static final String REPOSITORY = "docker.io/recordsponge/expungeservice@sha256:";

    private static Pod pod(String name, int createdSecond, boolean ready, String imageId) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(Pods.TEMPLATE_HASH, "abc"))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("staging-abc")
                .withUid("00000000-0000-0000-0000-000000000000")
                .endOwnerReference()
                .withCreationTimestamp("2026-01-01T00:00:%02dZ".formatted(createdSecond))
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("app")
                .withReady(ready)
                .withImageID(imageId)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static String digest(Pod... pods) {
        return environment().statusOf(WORKLOAD, pods).image().digest();
    }

    @Test
    void theStatusHasTheImageOfTheSpec() {
        assertThat(environment().statusOf(WORKLOAD).image().requested())
                .isEqualTo("recordsponge/expungeservice:staging");
        var pinned = environment().with("image", "a/b@sha256:aa").statusOf(WORKLOAD);
        assertThat(pinned.image().requested()).isEqualTo("a/b@sha256:aa");
    }

    @Test
    void theDigestIsOfTheNewestReadyPod() {
        var old = pod("old", 1, true, REPOSITORY + "aa");
        var newer = pod("newer", 2, true, REPOSITORY + "bb");
        var starting = pod("starting", 3, false, REPOSITORY + "cc");
        assertThat(digest(old, newer, starting)).isEqualTo("sha256:bb");
    }

    @Test
    void podsOfEqualAgeAreOrderedByName() {
        assertThat(digest(pod("b", 1, true, REPOSITORY + "bb"), pod("a", 1, true, REPOSITORY + "aa")))
                .isEqualTo("sha256:aa");
        assertThat(digest(pod("b", 1, true, REPOSITORY + "aa"), pod("a", 1, true, REPOSITORY + "bb")))
                .isEqualTo("sha256:bb");
    }

    @Test
    void aTerminatingPodHasNoDigest() {
        var terminating = pod("terminating", 1, true, REPOSITORY + "aa");
        terminating.getMetadata().setDeletionTimestamp("2026-01-01T00:01:00Z");
        assertThat(digest(terminating)).isNull();
    }

    @Test
    void aPodWithoutImageIdHasNoDigest() {
        var unseen = pod("unseen", 1, false, null);
        unseen.setStatus(null);
        assertThat(digest()).isNull();
        assertThat(digest(unseen, pod("local", 2, true, "sha256:local"), pod("pulling", 3, true, "")))
                .isNull();
    }

    /** {@code kubectl scale} and autoscalers read it. */
    @Test
    void theStatusHasTheSelectorOfThePods() {
        assertThat(environment().statusOf(WORKLOAD).selector())
                .isEqualTo("app.kubernetes.io/name=recordsponge,recordsponge.com/environment=staging");
    }

    @Test
    void theStatusCountsThePods() {
        assertThat(environment().statusOf(WORKLOAD).replicas()).isZero();
        for (var count : new Integer[] {null, 3}) {
            var deployment = new DeploymentBuilder()
                    .withNewMetadata()
                    .withName("staging")
                    .endMetadata()
                    .withNewStatus()
                    .withReplicas(count)
                    .endStatus()
                    .build();
            assertThat(environment().statusOf(WORKLOAD, deployment).replicas()).isEqualTo(count == null ? 0 : count);
        }
    }
}
