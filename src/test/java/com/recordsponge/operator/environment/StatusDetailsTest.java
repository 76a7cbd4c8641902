package com.recordsponge.operator.environment;

import static com.recordsponge.operator.environment.Story.AVAILABLE;
import static com.recordsponge.operator.environment.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the status tells beside its conditions. */
class StatusDetailsTest {

    private static final String REPOSITORY = "docker.io/recordsponge/expungeservice@sha256:";

    private static Pod pod(String name, int createdSecond, boolean ready, String imageId) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
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
        return story().pods(pods).found(AVAILABLE).status().image().digest();
    }

    @Test
    void theImageIsTheOneThatTheSpecNames() {
        assertThat(story().found(AVAILABLE).status().image().requested())
                .isEqualTo("recordsponge/expungeservice:staging");
        var pinned =
                story().edited("image", "{repository: a/b, digest: sha256:aa}").found(AVAILABLE);
        assertThat(pinned.status().image().requested()).isEqualTo("a/b@sha256:aa");
    }

    @Test
    void theDigestIsThatOfTheNewestReadyPod() {
        var old = pod("old", 1, true, REPOSITORY + "aa");
        var newer = pod("newer", 2, true, REPOSITORY + "bb");
        var starting = pod("starting", 3, false, REPOSITORY + "cc");
        assertThat(digest(old, newer, starting)).isEqualTo("sha256:bb");
    }

    @Test
    void ofPodsMadeInTheSameSecondItIsAlwaysTheSameOnes() {
        assertThat(digest(pod("b", 1, true, REPOSITORY + "bb"), pod("a", 1, true, REPOSITORY + "aa")))
                .isEqualTo("sha256:aa");
        assertThat(digest(pod("b", 1, true, REPOSITORY + "aa"), pod("a", 1, true, REPOSITORY + "bb")))
                .isEqualTo("sha256:bb");
    }

    @Test
    void aPodThatGoesTellsNoDigest() {
        var going = pod("going", 1, true, REPOSITORY + "aa");
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:01:00Z");
        assertThat(digest(going)).isNull();
    }

    @Test
    void withoutADigestNoneIsTold() {
        var unseen = pod("unseen", 1, false, null);
        unseen.setStatus(null);
        assertThat(digest()).isNull();
        assertThat(digest(unseen, pod("local", 2, true, "sha256:local"), pod("pulling", 3, true, "")))
                .isNull();
    }

    @Test
    void theUrlIsWhereTheSiteAnswers() {
        assertThat(story().found(AVAILABLE).status().url()).isEqualTo("https://recordsponge.test");
    }

    /** What kubectl scale and autoscalers read. */
    @Test
    void theScaleSubresourceFindsItsPods() {
        assertThat(story().found(AVAILABLE).status().selector())
                .isEqualTo("app.kubernetes.io/name=recordsponge,recordsponge.com/environment=staging");
    }

    @Test
    void thePodsThatExistAreCounted() {
        assertThat(story().found(AVAILABLE).status().replicas()).isZero();
        var environment = EnvironmentFixture.environment();
        for (var count : new Integer[] {null, 3}) {
            var deployment = new DeploymentBuilder()
                    .withNewStatus()
                    .withReplicas(count)
                    .endStatus()
                    .build();
            var report = StatusReport.of(
                    environment.build(),
                    environment.plan(),
                    new OwnedObjects(Optional.of(deployment), Set.of(), Set.of(), Set.of(), Optional.empty()),
                    List.of(AVAILABLE),
                    new StatusReport.Details(null, null, null),
                    Story.BEGIN);
            assertThat(report.status().replicas()).isEqualTo(count == null ? 0 : count);
        }
    }

    @Test
    void theSoonestOfAllIsWhenToLookAgain() {
        var report = new StatusReport(null, List.of(), Optional.of(Duration.ofMinutes(5)));
        assertThat(report.sooner(Optional.of(Duration.ofSeconds(5))).lookAgain())
                .contains(Duration.ofSeconds(5));
        assertThat(report.sooner(Optional.of(Duration.ofHours(1))).lookAgain()).contains(Duration.ofMinutes(5));
        assertThat(report.sooner(Optional.empty()).lookAgain()).contains(Duration.ofMinutes(5));
        assertThat(new StatusReport(null, List.of(), Optional.empty())
                        .sooner(Optional.empty())
                        .lookAgain())
                .isEmpty();
    }
}
