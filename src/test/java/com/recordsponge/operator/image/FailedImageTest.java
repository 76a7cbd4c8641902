package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.PodFailureCause;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures are the new image's fault. */
class FailedImageTest {

    private static final String TAG = "recordsponge/expungeservice:staging";
    private static final Instant READY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Deployed GOOD =
            new Deployed("sha256:" + "9".repeat(64), TAG, "2025-12-01T00:00:00Z", null, null);
    private static final Deployed GOOD_UNTIL_NOW =
            new Deployed(GOOD.digest(), TAG, GOOD.readySince(), READY.toString(), null);
    private static final Deployed NEW = new Deployed(DIGEST, TAG, READY.toString(), null, null);

    private static Condition workload(String reason, Instant since) {
        return workload(reason, "Pod staging-1 fails.", since);
    }

    private static Condition workload(String reason, String message, Instant since) {
        return new ConditionBuilder()
                .withType("WorkloadAvailable")
                .withStatus("False")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since.toString())
                .build();
    }

    private static EnvironmentStatus status(Condition workload, Deployed... history) {
        return status(DIGEST, workload, history);
    }

    /** @param image what the pods that it reports were to run */
    private static EnvironmentStatus status(String image, Condition workload, Deployed... history) {
        return new EnvironmentStatus.Builder()
                .image(new EnvironmentStatus.Image(TAG, image, null, null))
                .history(List.of(history))
                .build(1, List.of(workload));
    }

    private static Optional<BadImage> find(EnvironmentStatus status, Instant now, boolean missedDeadline) {
        var environment = environment().status(status);
        var plan = environment.plan();
        Deployment deployment = WorkloadObjects.deployment(plan);
        deployment.getMetadata().setGeneration(1L);
        return FailedImage.find(
                plan.get(ImagePlan.class),
                environment.state(
                        plan,
                        now,
                        missedDeadline
                                ? ControllerWrites.deadlineExceeded(deployment)
                                : ControllerWrites.rolledOut(deployment)));
    }

    /** After the deadline, with a pod that runs since then. */
    private static ReconciliationState running(EnvironmentFixture environment, Instant since, Instant now) {
        return state(environment, now, ControllerWrites::deadlineExceeded, container -> container
                .withNewState()
                .withNewRunning(since.toString())
                .endState());
    }

    /** Available until now, with a pod in whose container that many runs have ended; the last one just now. */
    private static ReconciliationState crashed(int runs, Duration afterReady, Duration lastRun) {
        var now = READY.plus(afterReady);
        return state(
                environment().status(status(workload("OOMKilled", now), NEW, GOOD_UNTIL_NOW)),
                now,
                ControllerWrites::rolledOut,
                container -> container
                        .withRestartCount(runs - 1)
                        .withNewState()
                        .withNewTerminated()
                        .withStartedAt(now.minus(lastRun).toString())
                        .withFinishedAt(now.toString())
                        .endTerminated()
                        .endState());
    }

    private static ReconciliationState state(
            EnvironmentFixture environment,
            Instant now,
            UnaryOperator<Deployment> controller,
            UnaryOperator<ContainerStatusBuilder> kubelet) {
        var plan = environment.plan();
        Deployment deployment = WorkloadObjects.deployment(plan);
        deployment.getMetadata().setGeneration(1L);
        var template = deployment.getSpec().getTemplate().getSpec();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("staging-1")
                .addToLabels("pod-template-hash", "1")
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName(plan.name() + "-1")
                .endOwnerReference()
                .endMetadata()
                .withSpec(template)
                .withNewStatus()
                .addToContainerStatuses(kubelet.apply(new ContainerStatusBuilder()
                                .withName(template.getContainers().getFirst().getName()))
                        .build())
                .endStatus()
                .build();
        return environment.state(plan, now, controller.apply(deployment), pod);
    }

    private static boolean isBlamed(ReconciliationState state) {
        return FailedImage.find(state.plan().get(ImagePlan.class), state).isPresent();
    }

    private static Optional<BadImage> crashing(Duration afterReady, Duration lasting, Deployed... history) {
        var began = READY.plus(afterReady);
        return find(status(workload("CrashLoopBackOff", began), history), began.plus(lasting), false);
    }

    @Test
    void aNewImageThatMissesTheDeadlineFailed() {
        assertThat(find(status(workload("ProgressDeadlineExceeded", READY), GOOD), READY, true))
                .contains(new BadImage(DIGEST, "ProgressDeadlineExceeded: Pod staging-1 fails."));
    }

    /** A new cause must decide. */
    private static boolean isTheImagesFault(PodFailureCause cause) {
        return switch (cause) {
            case NO_PLATFORM, MANIFEST_NOT_FOUND, IMAGE_NAME, IMAGE_SIGNATURE -> true;
            // The old pods serve, the kubelet goes on trying, and the rollout completes by itself.
            case NO_SUCH_HOST,
                    RATE_LIMIT,
                    UNAUTHORIZED,
                    REGISTRY_REFUSES,
                    REGISTRY_TIMEOUT,
                    REGISTRY_TLS,
                    REGISTRY_FAILS,
                    DISK_FULL,
                    NEVER_PULLED,
                    PULL -> false;
            case IMAGE_SETTINGS, MEMORY_LIMIT, NO_EXECUTABLE, RUN, OUT_OF_MEMORY, UNRESPONSIVE, CRASH -> true;
            case BUSY_AT_CREATION, CREATE, BUSY_AT_START, MOUNT -> false;
            case SECRET_KEY, ROOT_USER, CONFIG -> false;
            case CPU_OR_MEMORY, TOO_MANY_PODS, CLAIM, VOLUME_PLACE, CORDONED, TAINTED, NO_NODES, SCHEDULER, NODE ->
                false;
        };
    }

    @ParameterizedTest
    @EnumSource(PodFailureCause.class)
    void onlyAFaultOfTheImageCondemnsIt(PodFailureCause cause) {
        var told = workload(
                cause.source().reason().toString(),
                "Pod staging-1: \"%s\". %s".formatted(cause.example(), cause.remedy()),
                READY);
        assertThat(find(status(told, GOOD), READY, true).isPresent()).isEqualTo(isTheImagesFault(cause));
    }

    /** The kubelet only says that it waits. */
    @Test
    void aPullThatFailsForAnUnknownCauseIsNotTheImagesFault() {
        assertThat(find(status(workload("ImagePullBackOff", READY), GOOD), READY, true))
                .isEmpty();
    }

    /** The rollout completes by itself, or fails by its own fault. */
    @ParameterizedTest
    @ValueSource(strings = {"ImagePullBackOff", "FailedScheduling", "ProgressDeadlineExceeded"})
    void anImageThatStartsLateHasTheWholeDeadlineToBecomeReady(String reason) {
        var environment = environment().with("progressDeadline", "5m").status(status(workload(reason, READY), GOOD));
        var plan = environment.plan().get(ImagePlan.class);
        var early = running(environment, READY, READY.plusSeconds(299));
        assertThat(FailedImage.find(plan, early)).isEmpty();
        assertThat(FailedImage.recheck(plan, early)).contains(Duration.ofSeconds(1));
        var late = running(environment, READY, READY.plusSeconds(300));
        assertThat(FailedImage.find(plan, late).isPresent()).isEqualTo(reason.equals("ProgressDeadlineExceeded"));
    }

    @Test
    void anImageThatStartsLateAndCrashesFailed() {
        var environment = environment().status(status(workload("CrashLoopBackOff", READY), GOOD));
        var plan = environment.plan().get(ImagePlan.class);
        var state = running(environment, READY, READY.plusSeconds(1));
        assertThat(FailedImage.find(plan, state)).isPresent();
        assertThat(FailedImage.recheck(plan, state)).contains(Duration.ZERO);
    }

    /** The status keeps the pods' words, not that they are starting; nothing else may cause the next reconciliation. */
    @Test
    void theFailureIsReportedBefore() {
        var environment = environment().status(status(workload("RollingOut", READY), GOOD));
        var state = running(environment, READY, READY);
        var plan = environment.plan().get(ImagePlan.class);
        assertThat(FailedImage.find(plan, state)).isEmpty();
        assertThat(FailedImage.recheck(plan, state)).contains(Duration.ZERO);
    }

    @Test
    void theFirstImageHasNothingToReturnTo() {
        assertThat(find(status(workload("ProgressDeadlineExceeded", READY)), READY, true))
                .isEmpty();
    }

    @Test
    void anImageThatServedDoesNotFailWithTheNextEdit() {
        assertThat(find(status(workload("CrashLoopBackOff", READY), NEW, GOOD_UNTIL_NOW), READY, true))
                .isEmpty();
    }

    /** A new reason must decide. The pods' own are in {@link #isTheImagesFault}. */
    @ParameterizedTest
    @MethodSource("reasonsOfTheWorkload")
    void whatKeepsAnyImageFromRunningIsNotItsFault(Reason reason) {
        assertThat(find(status(workload(reason.toString(), READY), GOOD), READY, true))
                .isEmpty();
    }

    static Stream<Reason> reasonsOfTheWorkload() {
        var blaming = Stream.concat(
                        Stream.of(Reason.PROGRESS_DEADLINE_EXCEEDED),
                        Arrays.stream(PodFailureCause.values())
                                .filter(FailedImageTest::isTheImagesFault)
                                .filter(PodFailureCause::isGeneral)
                                .map(cause -> cause.source().reason()))
                .collect(Collectors.toSet());
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.explanations().stream()
                        .anyMatch(explanation -> explanation.condition() == ConditionType.WORKLOAD_AVAILABLE))
                .filter(reason -> !blaming.contains(reason));
    }

    /** Another edit's pods crash: the image ran well with the former settings. */
    @Test
    void aCrashOfALaterTemplateIsNotTheImagesFault() {
        var began = READY.plusSeconds(180);
        var crash = status(workload("CrashLoopBackOff", began), NEW, GOOD_UNTIL_NOW);
        assertThat(find(crash, began.plusSeconds(120), false)).isPresent();
        assertThat(find(crash, began.plusSeconds(120), true)).isEmpty();
    }

    @Test
    void aCrashLoopSoonAfterReadyIsTheImagesFault() {
        var minute = Duration.ofMinutes(1);
        assertThat(crashing(minute, minute, NEW, GOOD_UNTIL_NOW)).isPresent();
        assertThat(crashing(minute, minute.minusSeconds(1), NEW, GOOD_UNTIL_NOW))
                .as("one crash is no loop")
                .isEmpty();
        assertThat(crashing(Duration.ofMinutes(10), minute, NEW, GOOD_UNTIL_NOW))
                .as("it proved itself")
                .isEmpty();
    }

    /** Such as one that is out of memory every 3 minutes, and ready in between. */
    @Test
    void anImageThatCrashesAgainSoonAfterReadyIsToBlame() {
        var minutes = Duration.ofMinutes(3);
        assertThat(isBlamed(crashed(2, minutes.multipliedBy(2), minutes))).isTrue();
        assertThat(isBlamed(crashed(1, minutes, minutes)))
                .as("one crash is no loop")
                .isFalse();
        assertThat(isBlamed(crashed(2, minutes, minutes.plusSeconds(1))))
                .as("the other crash was before it became Ready")
                .isFalse();
        assertThat(isBlamed(crashed(2, Duration.ofMinutes(10), minutes)))
                .as("it proved itself")
                .isFalse();
        assertThat(isBlamed(crashed(3, minutes, Duration.ofSeconds(5))))
                .as("it has a minute to recover from the first crash")
                .isFalse();
    }

    /** The first status after a return still has the words about the image that was left. */
    @ParameterizedTest
    @ValueSource(strings = {"CrashLoopBackOff", "OOMKilled", "ProgressDeadlineExceeded"})
    void anotherImagesFailureCondemnsNone(String reason) {
        var left = workload(reason, READY.plusSeconds(180));
        var now = READY.plusSeconds(480);
        var other = "sha256:" + "b".repeat(64);
        assertThat(find(status(DIGEST, left, NEW, GOOD_UNTIL_NOW), now, false).isPresent())
                .isEqualTo(!reason.equals("ProgressDeadlineExceeded"));
        assertThat(find(status(DIGEST, left, GOOD), now, true)).isPresent();
        assertThat(find(status(other, left, NEW, GOOD_UNTIL_NOW), now, false)).isEmpty();
        assertThat(find(status(other, left, GOOD), now, true)).isEmpty();
    }

    /** A shared cause would lead back through the whole history. */
    @Test
    void anImageThatProvedItselfIsNeverLeft() {
        var again = new Deployed(GOOD.digest(), TAG, READY.toString(), null, null);
        var proven = new Deployed(DIGEST, TAG, "2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z", null);
        assertThat(crashing(Duration.ofMinutes(1), Duration.ofMinutes(1), NEW, GOOD_UNTIL_NOW, proven))
                .isEmpty();
        assertThat(find(status(workload("CrashLoopBackOff", READY), again, proven), READY, true))
                .isEmpty();
    }
}
