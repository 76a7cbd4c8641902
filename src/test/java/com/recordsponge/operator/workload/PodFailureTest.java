package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.backingOff;
import static com.recordsponge.operator.workload.Rollout.ended;
import static com.recordsponge.operator.workload.Rollout.initializing;
import static com.recordsponge.operator.workload.Rollout.restarted;
import static com.recordsponge.operator.workload.Rollout.starting;
import static com.recordsponge.operator.workload.Rollout.terminating;
import static com.recordsponge.operator.workload.Rollout.unschedulable;
import static com.recordsponge.operator.workload.Rollout.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.PodFailureCause.Source;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a new pod does not become ready. */
class PodFailureTest {

    private static final String NO_SUCH_HOST =
            "failed to pull and unpack image \"some:image\": failed to resolve reference \"some:image\": failed to do request: Head \"https://some/v2/image\": dial tcp: lookup some on 10.43.0.10:53: no such host";

    private static Optional<PodFailure> failure(Rollout rollout) {
        return PodFailure.of(rollout.pods(), rollout.deployment(), Optional.empty());
    }

    private static Optional<PodFailure> failure(Consumer<PodBuilder> pod) {
        return failure(Rollout.of(environment()).pod("staging-1", pod));
    }

    private static Optional<PodFailure> failureAfter(PodFailure last, Consumer<PodBuilder> pod) {
        var rollout = Rollout.of(environment()).pod("staging-1", pod);
        return PodFailure.of(rollout.pods(), rollout.deployment(), Optional.of(condition(last)));
    }

    private static Condition condition(PodFailure failure) {
        return new ConditionBuilder()
                .withReason(failure.reason().toString())
                .withMessage(failure.message() + " Some warning.")
                .build();
    }

    @Test
    void aStartingPodHasNoFailure() {
        assertThat(failure(starting())).isEmpty();
        assertThat(failure(waiting("ContainerCreating", null))).isEmpty();
        assertThat(failure(waiting("PodInitializing", null))).isEmpty();
        assertThat(failure(_ -> {})).isEmpty();
    }

    @Test
    void aPodWithoutStatusHasNoFailure() {
        assertThat(failure(pod -> pod.withStatus(null))).isEmpty();
    }

    @Test
    void theOperatorQuotesTheRegistry() {
        assertThat(failure(waiting("ErrImagePull", NO_SUCH_HOST)))
                .contains(
                        new PodFailure(
                                Reason.IMAGE_PULL_BACK_OFF,
                                "Pod staging-1: cannot pull some:image: \"Head 'https://some/v2/image': dial tcp: lookup some on 10.43.0.10:53: no such host\". Correct the registry's name in spec.image, or the node's DNS."));
    }

    /** A node that is drained, or somebody who deletes a pod, must not hide why the rollout does not proceed. */
    @Test
    void aReplacedPodOfTheFormerTemplateHidesNoFailure() {
        var reports = Stream.<UnaryOperator<Rollout>>of(Rollout::progressing, Rollout::deadlineExceeded);
        assertThat(reports.map(report -> failure(report.apply(Rollout.of(environment())
                        .pod("staging-1", backingOff("Error", 22))
                        .replacedPodOfFormerTemplate("staging-2", restarted("Error", 1, true))))))
                .allSatisfy(failure -> assertThat(failure).hasValueSatisfying(found -> assertThat(found.message())
                        .startsWith("Pod staging-1 exits with code 22.")));
    }

    @Test
    void aReportAboutAnotherTemplateHidesNoFailure() {
        var rollout = Rollout.of(environment())
                .pod("staging-1", backingOff("Error", 22))
                .returnedToFormerTemplate();
        assertThat(failure(rollout)).hasValueSatisfying(failure -> assertThat(failure.message())
                .startsWith("Pod staging-1 exits with code 22."));
    }

    @Test
    void aReplacedPodOfTheFormerTemplateIsNotToBlame() {
        var rollout = Rollout.of(environment())
                .pod("staging-1", starting())
                .replacedPodOfFormerTemplate("staging-2", backingOff("Error", 22))
                .progressing();
        assertThat(failure(rollout)).isEmpty();
    }

    /** The kubelet alternates between them; a message that did so too would be written each time. */
    @Test
    void pullingAndBackingOffHaveOneMessage() {
        var pulling = failure(waiting("ErrImagePull", NO_SUCH_HOST)).orElseThrow();
        assertThat(failure(waiting(
                        "ImagePullBackOff", "Back-off pulling image \"some:image\": ErrImagePull: " + NO_SUCH_HOST)))
                .contains(pulling);
        // As kubelets before 1.32 say it.
        assertThat(failureAfter(pulling, waiting("ImagePullBackOff", "Back-off pulling image \"some:image\"")))
                .contains(pulling);
    }

    @Test
    void otherWordsOfTheSameCauseAreNoNews() {
        var first = failure(waiting("ErrImagePull", "dial tcp 192.0.2.1:443: i/o timeout"))
                .orElseThrow();
        assertThat(failureAfter(first, waiting("ErrImagePull", "dial tcp 192.0.2.2:443: i/o timeout")))
                .contains(first);
        assertThat(failureAfter(first, waiting("ErrImagePull", "429 Too Many Requests")))
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains("429 Too Many Requests"));
    }

    /** Real messages of containerd: each try has another number and writes another file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to pull and unpack image \"docker.io/recordsponge/expungeservice:staging\": failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:%1$s) to overlayfs as \"extract-%2$d-oknc sha256:%1$s\": write /var/lib/rancher/k3s/agent/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/%3$d/fs/usr/local/lib/python3.11/site-packages/numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so: no space left on device",
                "failed to pull and unpack image \"docker.io/recordsponge/expungeservice:staging\": failed to extract layer sha256:%1$s: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/%3$d/fs/usr/bin/python3: no space left on device: unknown",
                "failed to pull and unpack image \"docker.io/recordsponge/expungeservice:staging\": write /var/lib/containerd/io.containerd.content.v1.content/ingest/%1$s/%3$d: no space left on device"
            })
    void aFullDiskIsTheCauseHoweverLongTheMessage(String message) {
        var layer = "0123456789abcdef".repeat(4);
        var first = failure(waiting("ErrImagePull", message.formatted(layer, 871885561, 503)))
                .orElseThrow();
        assertThat(first.message())
                .contains("no space left on device")
                .endsWith(" " + PodFailureCause.DISK_FULL.remedy())
                .hasSizeLessThan(500);
        assertThat(failureAfter(first, waiting("ErrImagePull", message.formatted(layer, 46, 429))))
                .contains(first);
    }

    /** Paths, sizes, ports and digests have numbers too. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 503})
    void aNumberIsNoStatus(int number) {
        assertThat(failure(waiting("ErrImagePull", "failed to read layers/%d/a: input/output error".formatted(number))))
                .hasValueSatisfying(failure -> assertThat(failure.message()).endsWith(PodFailureCause.PULL.remedy()));
    }

    @Test
    void anUnknownFailureToExtractALayerIsNoNewsEachTime() {
        var message =
                "failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip sha256:0123) to overlayfs as \"extract-%d-oknc sha256:0123\": mount callback failed on /snapshots/%1$d/fs: input/output error";
        assertThat(failure(waiting("ErrImagePull", message.formatted(1))))
                .isEqualTo(failure(waiting("ErrImagePull", message.formatted(2))))
                .hasValueSatisfying(failure ->
                        assertThat(failure.message()).contains("failed to extract layer", "input/output error"));
    }

    @Test
    void theWordsOfAnotherImageAreNotKept() {
        var other = new PodFailure(
                Reason.IMAGE_PULL_BACK_OFF, "Pod staging-0: cannot pull other:image: \"no such host\". Correct it.");
        assertThat(failureAfter(other, waiting("ImagePullBackOff", "Back-off pulling image \"some:image\"")))
                .hasValueSatisfying(failure -> assertThat(failure.message()).doesNotContain("no such host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ErrImagePull",
                "ImagePullBackOff",
                "InvalidImageName",
                "ErrImageNeverPull",
                "ImageInspectError",
                "RegistryUnavailable",
                "SignatureValidationFailed"
            })
    void everyPullFailureHasTheSameReason(String waiting) {
        assertThat(failure(waiting(waiting, null))).map(PodFailure::reason).contains(Reason.IMAGE_PULL_BACK_OFF);
    }

    static Stream<PodFailureCause> causesOfPulls() {
        return Arrays.stream(PodFailureCause.values()).filter(cause -> cause.source() == Source.PULL);
    }

    /** The rollback depends on it. */
    @ParameterizedTest
    @MethodSource("causesOfPulls")
    void theConditionStillTellsTheCauseOfAPull(PodFailureCause cause) {
        var failure = failure(waiting("ErrImagePull", cause.example())).orElseThrow();
        var condition = new ConditionBuilder()
                .withReason(failure.reason().toString())
                .withMessage(failure.message())
                .build();
        assertThat(PodFailureCause.told(condition)).contains(cause);
    }

    @Test
    void everyStateOfACrashLoopHasTheSameReason() {
        var crash = new PodFailure(
                Reason.CRASH_LOOP_BACK_OFF, "Pod staging-1 exits with code 3. See kubectl logs staging-1 --previous.");
        assertThat(failure(ended("Error", 3))).contains(crash);
        assertThat(failure(backingOff("Error", 3))).contains(crash);
        assertThat(failure(restarted("Error", 3, false))).contains(crash);
    }

    /** The application's container ran for that long, and runs again. */
    private static Optional<PodFailure> ran(int exitCode, int seconds) {
        var started = Instant.parse("2026-01-01T00:00:00Z");
        return failure(pod -> restarted("Completed", exitCode, false)
                .andThen(restarted -> restarted
                        .editStatus()
                        .editFirstContainerStatus()
                        .editLastState()
                        .editTerminated()
                        .withStartedAt(started.toString())
                        .withFinishedAt(started.plusSeconds(seconds).toString())
                        .endTerminated()
                        .endLastState()
                        .endContainerStatus()
                        .endStatus())
                .accept(pod));
    }

    /** The startup probe has failed for 3 minutes: uWSGI exits without an error, as after a drain. */
    @ParameterizedTest
    @ValueSource(ints = {0, 137, 143})
    void aPodThatTheKubeletStopsBecauseItDoesNotAnswerHasNotCrashed(int exitCode) {
        assertThat(ran(exitCode, 200))
                .contains(new PodFailure(
                        Reason.CRASH_LOOP_BACK_OFF,
                        "Pod staging-1 does not answer at /api/hello, so the kubelet restarts it (exit code %d). It must answer on port 5000 within 3 minutes of its start; see kubectl logs staging-1 --previous."
                                .formatted(exitCode)));
    }

    @Test
    void aPodThatExitsByItselfHasCrashed() {
        assertThat(ran(0, 100)).map(PodFailure::message).hasValueSatisfying(message -> assertThat(message)
                .contains("exits with code 0"));
        assertThat(ran(1, 200)).map(PodFailure::message).hasValueSatisfying(message -> assertThat(message)
                .contains("exits with code 1"));
    }

    @Test
    void aReadyPodHasNoFailureAfterACrash() {
        assertThat(failure(restarted("Error", 3, true))).isEmpty();
    }

    @Test
    void everyStateOfAnOomKillHasTheSameReason() {
        var oom = new PodFailure(
                Reason.OOM_KILLED, "Pod staging-1 ran out of memory. Raise spec.resources.limits.memory.");
        assertThat(failure(ended("OOMKilled", 137))).contains(oom);
        assertThat(failure(backingOff("OOMKilled", 137))).contains(oom);
        assertThat(failure(restarted("OOMKilled", 137, false))).contains(oom);
    }

    /** It has no log that somebody could read. */
    @Test
    void theOperatorQuotesTheContainerRuntime() {
        assertThat(failure(container -> ended("StartError", 128)
                        .andThen(pod -> pod.editStatus()
                                .editFirstContainerStatus()
                                .editState()
                                .editTerminated()
                                .withMessage(
                                        "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?)")
                                .endTerminated()
                                .endState()
                                .endContainerStatus()
                                .endStatus())
                        .accept(container)))
                .contains(
                        new PodFailure(
                                Reason.RUN_CONTAINER_ERROR,
                                "Pod staging-1: \"container init was OOM-killed (memory limit too low?)\". Raise spec.resources.limits.memory."));
    }

    /** Of tier dev, or injected by a service mesh: the kubelet reports nothing of the application until it has succeeded. */
    @Test
    void theFailureOfAnInitContainerIsThePods() {
        assertThat(failure(initializing(waiting("ErrImagePull", NO_SUCH_HOST))))
                .isEqualTo(failure(waiting("ErrImagePull", NO_SUCH_HOST)));
        assertThat(failure(initializing(waiting("CreateContainerConfigError", "secret \"a\" not found"))))
                .map(PodFailure::message)
                .hasValueSatisfying(message ->
                        assertThat(message).startsWith("Container init of pod staging-1: \"secret 'a' not found\". "));
        assertThat(failure(initializing(backingOff("Error", 3))))
                .contains(
                        new PodFailure(
                                Reason.CRASH_LOOP_BACK_OFF,
                                "Container init of pod staging-1 exits with code 3. See kubectl logs staging-1 -c init --previous."));
    }

    @Test
    void anInitContainerThatWorksOrHasSucceededIsNoFailure() {
        assertThat(failure(initializing(starting()))).isEmpty();
        assertThat(failure(initializing(ended("Completed", 0)))).isEmpty();
        assertThat(failure(initializing(restarted("Completed", 0, false)))).isEmpty();
    }

    @Test
    void theOperatorQuotesTheScheduler() {
        assertThat(
                        failure(
                                unschedulable(
                                        "0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.")))
                .contains(
                        new PodFailure(
                                Reason.FAILED_SCHEDULING,
                                "Pod staging-1: \"0/1 nodes are available: 1 Insufficient memory.\". Lower spec.resources.requests, or free or add a node."));
    }

    @ParameterizedTest
    @CsvSource({
        "CreateContainerConfigError, CreateContainerConfigError",
        "CreateContainerError, CreateContainerError",
        "PreCreateHookError, CreateContainerError",
        "RunContainerError, RunContainerError",
        "PreStartHookError, RunContainerError",
        "PostStartHookError, RunContainerError",
        "CreatePodSandboxError, RunContainerError",
        "ConfigPodSandboxError, RunContainerError"
    })
    void theOperatorQuotesTheKubelet(String waiting, String reason) {
        assertThat(failure(waiting(waiting, "some cause"))).hasValueSatisfying(failure -> {
            assertThat(failure.reason()).hasToString(reason);
            assertThat(failure.message()).startsWith("Pod staging-1: \"some cause\". ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Evicted", "OutOfmemory", "NodeAffinity", "UnexpectedAdmissionError", "NodeShutdown"})
    void aPodThatItsNodeEndedIsNamed(String reason) {
        assertThat(failure(pod -> pod.editStatus()
                        .withPhase("Failed")
                        .withReason(reason)
                        .withMessage("The node was low on resource: memory.")
                        .endStatus()))
                .contains(new PodFailure(
                        Reason.EVICTED,
                        "Pod staging-1 was ended by its node (%s): \"The node was low on resource: memory.\". Free or add a node; kubectl describe node shows its state."
                                .formatted(reason)));
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
        assertThat(PodFailure.of(one.pods().reversed(), one.deployment(), Optional.empty()))
                .isEqualTo(failure(one));
        assertThat(failure(one)).map(PodFailure::message).hasValueSatisfying(message -> assertThat(message)
                .startsWith("Pod b "));
    }
}
