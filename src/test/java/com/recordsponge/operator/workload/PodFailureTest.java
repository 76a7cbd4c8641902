package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.backingOff;
import static com.recordsponge.operator.workload.Rollout.ended;
import static com.recordsponge.operator.workload.Rollout.restarted;
import static com.recordsponge.operator.workload.Rollout.starting;
import static com.recordsponge.operator.workload.Rollout.terminating;
import static com.recordsponge.operator.workload.Rollout.unschedulable;
import static com.recordsponge.operator.workload.Rollout.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a new pod does not become ready. */
class PodFailureTest {

    private static Optional<PodFailure> failure(Rollout rollout) {
        return PodFailure.of(rollout.pods(), rollout.deployment());
    }

    private static Optional<PodFailure> failure(Consumer<PodBuilder> pod) {
        return failure(Rollout.of(environment()).pod("staging-1", pod));
    }

    @Test
    void aStartingPodHasNoFailure() {
        assertThat(failure(starting())).isEmpty();
        assertThat(failure(waiting("ContainerCreating", null))).isEmpty();
        assertThat(failure(_ -> {})).isEmpty();
    }

    @Test
    void aPodWithoutStatusHasNoFailure() {
        assertThat(failure(pod -> pod.withStatus(null))).isEmpty();
    }

    /** The kubelet alternates between them; an alternating reason would cause an event each time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ErrImagePull",
                "ImagePullBackOff",
                "InvalidImageName",
                "ErrImageNeverPull",
                "RegistryUnavailable"
            })
    void everyPullFailureHasTheSameReason(String waiting) {
        assertThat(failure(waiting(waiting, "Back-off pulling image after 2m40s")))
                .contains(new PodFailure(
                        Reason.IMAGE_PULL_BACK_OFF,
                        "Pod staging-1: cannot pull some:image; check spec.image and spec.imagePullSecrets."));
    }

    @Test
    void everyStateOfACrashLoopHasTheSameReason() {
        var crash = new PodFailure(
                Reason.CRASH_LOOP_BACK_OFF, "Pod staging-1 exits with code 3; see kubectl logs staging-1 --previous.");
        assertThat(failure(ended("Error", 3))).contains(crash);
        assertThat(failure(backingOff("Error", 3))).contains(crash);
        assertThat(failure(restarted("Error", 3, false))).contains(crash);
    }

    @Test
    void aReadyPodHasNoFailureAfterACrash() {
        assertThat(failure(restarted("Error", 3, true))).isEmpty();
    }

    @Test
    void everyStateOfAnOomKillHasTheSameReason() {
        var oom = new PodFailure(
                Reason.OOM_KILLED, "Pod staging-1 ran out of memory; raise spec.resources.limits.memory.");
        assertThat(failure(ended("OOMKilled", 137))).contains(oom);
        assertThat(failure(backingOff("OOMKilled", 137))).contains(oom);
        assertThat(failure(restarted("OOMKilled", 137, false))).contains(oom);
    }

    @Test
    void theOperatorQuotesTheScheduler() {
        assertThat(failure(unschedulable("0/1 nodes are available: Insufficient memory.")))
                .contains(new PodFailure(
                        Reason.FAILED_SCHEDULING, "Pod staging-1: 0/1 nodes are available: Insufficient memory."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"})
    void theOperatorQuotesTheKubelet(String reason) {
        assertThat(failure(waiting(reason, "couldn't find key FOO in Secret")))
                .contains(new PodFailure(
                        Reason.of(reason).orElseThrow(), "Pod staging-1: couldn't find key FOO in Secret"));
    }

    @Test
    void failuresOfOldPodsAreIgnored() {
        var rollout = Rollout.of(environment())
                .podOfOldConfiguration("old-1", ended("Error", 1))
                .podOfOldImage("old-2", waiting("ImagePullBackOff", ""))
                .pod("new", starting());
        assertThat(failure(rollout)).isEmpty();
    }

    @Test
    void failuresOfTerminatingPodsAreIgnored() {
        assertThat(failure(terminating(ended("Error", 137)))).isEmpty();
    }

    @Test
    void oneFailingPodAmongOthersIsReported() {
        var rollout = Rollout.of(environment())
                .pod("a", starting())
                .pod("b", ended("OOMKilled", 137))
                .pod("c", starting());
        assertThat(failure(rollout)).map(PodFailure::reason).contains(Reason.OOM_KILLED);
    }

    /** Pods have no order; a message that alternated between them would cause a write each time. */
    @Test
    void theNewestFailingPodIsReported() {
        var one = Rollout.of(environment()).pod("a", ended("Error", 1)).pod("b", ended("Error", 2));
        var reversed = Rollout.of(environment())
                .pod("a", ended("Error", 1))
                .pod("b", ended("Error", 2))
                .pods()
                .reversed();
        assertThat(PodFailure.of(reversed, one.deployment())).isEqualTo(failure(one));
        assertThat(failure(one)).map(PodFailure::message).hasValueSatisfying(m -> assertThat(m)
                .startsWith("Pod b "));
    }
}
