package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which image pods run after an edit of the release. */
class ImagePlanTest {

    private static final String NAME = "recordsponge/expungeservice";
    private static final Optional<Answer> MOVED = Optional.of(Answer.found("sha256:" + "2".repeat(64)));

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
}
