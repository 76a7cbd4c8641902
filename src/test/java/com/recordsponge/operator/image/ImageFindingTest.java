package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** ImageResolved, and the image's part of the status. */
class ImageFindingTest {

    private static final String IMAGE_ID = "docker.io/recordsponge/expungeservice@";
    private static final Optional<DigestAnswer> FAILED =
            Optional.of(DigestAnswer.failure(Reason.MANIFEST_NOT_FOUND, "Registry hub has no image."));

    /** An environment whose Deployment exists. */
    private static EnvironmentFixture deployed() {
        return environment()
                .owns(List.of(WorkloadObjects.deployment(environment().plan())));
    }

    private static String platformDigest(Pod... pods) {
        return environment().statusOf(IMAGE, pods).image().platformDigest();
    }

    @Test
    void theWorkloadWaitsForTheFirstAnswer() {
        var asking = environment().registry(Optional.empty());
        assertThat(asking.plan().blocked(WORKLOAD)).isTrue();
        assertThat(asking.finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.RESOLVING);
            assertThat(finding.kind()).isEqualTo(Kind.WORKING);
        });
    }

    @Test
    void noFailureOfARegistryHoldsTheWorkload() {
        var failed = environment().registry(FAILED);
        assertThat(failed.plan().blocked(WORKLOAD)).isFalse();
        assertThat(failed.finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.permitsReady()).isTrue();
            assertThat(finding.reason()).isEqualTo(Reason.MANIFEST_NOT_FOUND);
            assertThat(finding.message()).contains("Registry hub has no image.", "by this tag");
        });
    }

    @Test
    void aFailureSaysWhatPodsRunMeanwhile() {
        var failed = deployed().with("release", "{policy: Track}").registry(FAILED);
        assertThat(failed.finding(IMAGE).message()).contains("Pods keep the image " + DIGEST);
    }

    @Test
    void aResolvedImageIsNamed() {
        assertThat(environment().finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.isReady()).isTrue();
            assertThat(finding.message()).isEqualTo("recordsponge/expungeservice:staging is %s.".formatted(DIGEST));
        });
    }

    @Test
    void aPinnedImageNeedsNoAnswer() {
        var restarted = deployed().registry(Optional.empty());
        assertThat(restarted.plan().blocked(WORKLOAD)).isFalse();
        assertThat(restarted.finding(IMAGE).isReady()).isTrue();
    }

    /** The status says which image the spec wanted, which it became, and since when. */
    @Test
    void theStatusHasTheDigest() {
        var first = deployed().statusOf(IMAGE);
        assertThat(first.image().requested()).isEqualTo("recordsponge/expungeservice:staging");
        assertThat(first.image().digest()).isEqualTo(DIGEST);
        assertThat(first.image().resolvedAt()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void resolvedAtChangesOnlyWithTheDigest() {
        var before = new EnvironmentStatus.Builder()
                .image(new EnvironmentStatus.Image("a:b", DIGEST, null, "2025-01-01T00:00:00Z"))
                .build(1, List.of());
        assertThat(environment().status(before).statusOf(IMAGE).image().resolvedAt())
                .isEqualTo("2025-01-01T00:00:00Z");
        assertThat(environment()
                        .status(before)
                        .registry(Optional.of(DigestAnswer.found("sha256:" + "2".repeat(64))))
                        .statusOf(IMAGE)
                        .image()
                        .resolvedAt())
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void withoutADigestInTheTemplateTheStatusHasThatOfThePods() {
        var byTag = environment().registry(FAILED).plan();
        Deployment deployment = WorkloadObjects.deployment(byTag);
        var pod = ImagePods.pod("pod", 1, true, IMAGE_ID + DIGEST);
        pod.setSpec(deployment.getSpec().getTemplate().getSpec());
        var running = environment().registry(FAILED).owns(List.of(deployment)).finds(List.of(pod));
        assertThat(running.statusOf(IMAGE, deployment, pod).image().digest()).isEqualTo(DIGEST);
    }

    @Test
    void thePlatformDigestIsOfTheNewestReadyPod() {
        var old = ImagePods.pod("old", 1, true, IMAGE_ID + "aa");
        var newer = ImagePods.pod("newer", 2, true, IMAGE_ID + "bb");
        var starting = ImagePods.pod("starting", 3, false, IMAGE_ID + "cc");
        assertThat(platformDigest(old, newer, starting)).isEqualTo("bb");
    }

    @Test
    void podsOfEqualAgeAreOrderedByName() {
        assertThat(platformDigest(
                        ImagePods.pod("b", 1, true, IMAGE_ID + "bb"), ImagePods.pod("a", 1, true, IMAGE_ID + "aa")))
                .isEqualTo("aa");
    }

    @Test
    void aTerminatingPodHasNoDigest() {
        var terminating = ImagePods.pod("terminating", 1, true, IMAGE_ID + "aa");
        terminating.getMetadata().setDeletionTimestamp("2026-01-01T00:01:00Z");
        assertThat(platformDigest(terminating)).isNull();
    }

    @Test
    void aPodWithoutImageIdHasNoDigest() {
        var unseen = ImagePods.pod("unseen", 1, false, null);
        unseen.setStatus(null);
        assertThat(platformDigest()).isNull();
        assertThat(platformDigest(
                        unseen, ImagePods.pod("local", 2, true, "sha256:local"), ImagePods.pod("pulling", 3, true, "")))
                .isNull();
    }
}
