package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;
import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Hold;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which image pods run after an edit of the release, and after the registry failed. */
class ImagePlanTest {

    private static final String NAME = "recordsponge/expungeservice";
    private static final String OTHER = "sha256:" + "2".repeat(64);
    private static final Optional<DigestAnswer> MOVED = Optional.of(DigestAnswer.found(OTHER));
    private static final Optional<DigestAnswer> FAILED =
            Optional.of(DigestAnswer.failure(Reason.MANIFEST_NOT_FOUND, "scripted"));

    private static String podImage(EnvironmentFixture site) {
        return site.plan().get(ImagePlan.class).podImage();
    }

    /** A site that runs the first image of its tag, which names another one now. */
    private static EnvironmentFixture edited(String before, String after) {
        var running = WorkloadObjects.deployment(released(before).plan());
        return released(after).owns(List.of(running)).registry(MOVED);
    }

    private static EnvironmentFixture released(String release) {
        return release.isEmpty() ? environment() : environment().with("release", release);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{policy: Pinned, interval: 1m}",
                "{interval: 60s}",
                "{historyLimit: 20}",
                "{autoRollback: false}",
                "{allowPromotionTo: [{namespace: live, name: prod}]}"
            })
    void aReleaseThatResolvesTheSameResolvesNothingAgain(String release) {
        assertThat(podImage(edited("", release))).isEqualTo(NAME + "@" + DIGEST);
        assertThat(podImage(edited(release, ""))).isEqualTo(NAME + "@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{policy: Track}", "{interval: 2m}"})
    void anotherPolicyOrIntervalResolvesTheTagAgain(String release) {
        assertThat(podImage(edited("", release)))
                .isEqualTo(NAME + "@" + MOVED.get().digest().get());
    }

    /** A site whose Deployment somebody has deleted; the registry answers no question. */
    private static EnvironmentFixture deleted(String digest, String resolved, Release release) {
        return environment()
                .status(new EnvironmentStatus.Builder()
                        .image(new EnvironmentStatus.Image(NAME + ":staging", digest, digest, null))
                        .release(release)
                        .build(1, List.of(condition(resolved))))
                .registry(Optional.empty());
    }

    private static Condition condition(String resolved) {
        return new ConditionBuilder()
                .withType(ConditionType.IMAGE_RESOLVED.toString())
                .withStatus(resolved)
                .build();
    }

    @Test
    void aDeletedDeploymentReturnsWithItsImageAtOnce() {
        var plan = deleted(OTHER, "True", null).plan().get(ImagePlan.class);
        assertThat(plan.podImage()).isEqualTo(NAME + "@" + OTHER);
        assertThat(plan.choice().waits()).isFalse();
    }

    static Stream<EnvironmentFixture> unusable() {
        var hold = new Hold(OTHER, "RolledBack", null);
        return Stream.of(
                deleted("sha256:spoilt", "True", null),
                deleted(OTHER, "False", null),
                deleted(OTHER, "True", new Release(null, hold, null, null)),
                deleted(OTHER, "True", null).with("image", NAME + ":another"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void anImageThatTheRegistryNeedNotHaveIsNotTakenFromTheStatus(EnvironmentFixture site) {
        assertThat(site.plan().get(ImagePlan.class).choice().waits()).isTrue();
    }

    /** A site whose image was imported on the node, as the registry did not have it. */
    private static EnvironmentFixture imported(String release, String... imageIds) {
        var deployment =
                WorkloadObjects.deployment(released(release).registry(FAILED).plan());
        var template = deployment.getSpec().getTemplate().getSpec();
        var site = released(release).owns(List.of(deployment));
        for (var imageId : imageIds) {
            site.finds(List.of(ImagePods.pod(imageId, template)));
        }
        return site;
    }

    @Test
    void trackFollowsTheTagFromAnImageThatOnlyTheNodeHas() {
        assertThat(podImage(imported("{policy: Track}", "sha256:local"))).isEqualTo(NAME + "@" + DIGEST);
        assertThat(podImage(imported("{policy: Track}", "sha256:local", "")))
                .as("another pod starts")
                .isEqualTo(NAME + "@" + DIGEST);
    }

    @Test
    void anImageThatOnlyTheNodeHasRunsWhileTheRegistryLacksIt() {
        assertThat(podImage(imported("{policy: Track}", "sha256:local").registry(FAILED)))
                .isEqualTo(NAME + ":staging");
        assertThat(podImage(imported("{policy: Pinned}", "sha256:local"))).isEqualTo(NAME + ":staging");
    }

    @Test
    void theConditionSaysThatPodsRunAnImportedImage() {
        assertThat(imported("{policy: Pinned}", "sha256:local").finding(IMAGE)).satisfies(finding -> {
            assertThat(finding.isReady()).isTrue();
            assertThat(finding.message()).contains(DIGEST + " in the registry", "imported on their node");
        });
    }

    @Test
    void trackWaitsForTheDigestOfPodsThatPull() {
        assertThat(podImage(imported("{policy: Track}"))).isEqualTo(NAME + ":staging");
        assertThat(podImage(imported("{policy: Track}", ""))).isEqualTo(NAME + ":staging");
    }
}
