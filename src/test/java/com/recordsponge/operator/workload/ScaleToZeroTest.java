package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.ended;
import static com.recordsponge.operator.workload.Rollout.starting;
import static com.recordsponge.operator.workload.Rollout.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an environment without replicas has no pod left. */
class ScaleToZeroTest {

    private static Rollout suspended() {
        return Rollout.of(environment().with("suspend", "true"));
    }

    private static Rollout withoutReplicas() {
        return Rollout.of(environment().with("replicas", "0"));
    }

    @Test
    void suspendedWithoutPodsIsSuspended() {
        assertThat(suspended().counts(0, 0, 0).finding())
                .isEqualTo(Finding.working(
                        Component.WORKLOAD,
                        Reason.ENVIRONMENT_SUSPENDED,
                        "spec.suspend is true: scaled to zero, no pod is left."));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "'', false", "yes, false"})
    void theAnnotationSuspends(String value, boolean suspended) {
        var plan = environment().annotated("recordsponge.com/suspend", value).plan();
        assertThat(plan.suspended()).isEqualTo(suspended);
        assertThat(plan.replicas()).isEqualTo(suspended ? 0 : 1);
    }

    @Test
    void noReplicasIsScaledToZeroAndNotReady() {
        var finding = withoutReplicas().counts(null, null, null).finding();
        assertThat(finding.reason()).isEqualTo(Reason.SCALED_TO_ZERO);
        assertThat(finding.isReady()).isFalse();
    }

    /** It finishes its requests, and writes to the database, for up to 325 s. */
    @Test
    void aTerminatingPodIsNamedUntilItIsGone() {
        var finding = suspended()
                .counts(0, 0, 0)
                .pod("site-1", terminating(starting()))
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.SUSPENDING);
        assertThat(finding.message()).isEqualTo("spec.suspend is true: pod site-1 is still finishing its requests.");
        assertThat(finding.timed()).isFalse();
    }

    @Test
    void aPodOfAnOlderTemplateCountsToo() {
        var finding = suspended()
                .counts(0, 0, 0)
                .podOfOldImage("site-2", starting())
                .podOfOldConfiguration("site-1", starting())
                .finding();
        assertThat(finding.message())
                .isEqualTo("spec.suspend is true: pods site-1, site-2 are still finishing their requests.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    void aPodThatHasEndedDoesNotCount(String phase) {
        var finding = suspended()
                .counts(0, 0, 0)
                .pod("evicted", ended("Error", 1).andThen(pod -> pod.editStatus()
                        .withPhase(phase)
                        .endStatus()))
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.ENVIRONMENT_SUSPENDED);
    }

    /** The pods are not visible yet or no longer, but the Deployment still counts some, or can still create some. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"1, 3", "0, 2", "-, -"})
    void aDeploymentThatHasNotScaledDownIsNotSuspended(Integer replicas, Long observed) {
        var finding =
                suspended().counts(replicas, 0, 0).observedGeneration(observed).finding();
        assertThat(finding.reason()).isEqualTo(Reason.SUSPENDING);
        assertThat(finding.message()).contains("the Deployment has not scaled down yet");
    }

    /** An object that the Deployment waits for was refused: its pods go on serving, and finish nothing. */
    @ParameterizedTest
    @CsvSource({"suspend, true, Suspending", "replicas, 0, RollingOut"})
    void aDeploymentThatTheOperatorDidNotScaleDownIsNamed(String field, String value, String reason) {
        var site = environment();
        var running = Rollout.of(site).counts(1, 1, 1).pod("site-1", starting());
        site.with(field, value);
        assertThat(running.finding().reason()).hasToString(reason);
        assertThat(running.finding().message())
                .endsWith(": Deployment staging has not been scaled down yet; another condition says why.");
    }

    /** No pod waits for it, and whoever restores a dump waits for Suspended. */
    @Test
    void anObjectThatIsRefusedDoesNotHideThatNoPodIsLeft() {
        var refused = new Blocker(Component.WORKLOAD, Reason.APPLY_FAILED, "The API server refused: quota.");
        var site = environment().with("suspend", "true");
        var plan = site.plan().with(List.of(refused));
        var running = Rollout.of(environment()).counts(1, 1, 1).deployment();
        assertThat(site.finding(Component.WORKLOAD, Instant.EPOCH, plan, running))
                .isEqualTo(Finding.of(refused));
        var scaled = suspended().counts(0, 0, 0).deployment();
        assertThat(site.finding(Component.WORKLOAD, Instant.EPOCH, plan, scaled))
                .isEqualTo(Finding.working(
                        Component.WORKLOAD,
                        Reason.ENVIRONMENT_SUSPENDED,
                        "spec.suspend is true: scaled to zero, no pod is left. The API server refused: quota."));
    }

    @Test
    void withoutReplicasTheLastPodIsWaitedFor() {
        var finding =
                withoutReplicas().counts(1, 1, 1).pod("site-1", starting()).finding();
        assertThat(finding.reason()).isEqualTo(Reason.ROLLING_OUT);
        assertThat(finding.message()).startsWith("spec.replicas is 0: pod site-1");
    }

    /** Created suspended, or with a Deployment that somebody deleted. */
    @Test
    void nothingThatCouldCreatePodsIsSuspended() {
        assertThat(environment()
                        .with("suspend", "true")
                        .finding(Component.WORKLOAD)
                        .reason())
                .isEqualTo(Reason.ENVIRONMENT_SUSPENDED);
        var deployment = suspended().deployment();
        deployment.setStatus(null);
        deployment.getMetadata().setGeneration(1L);
        assertThat(environment()
                        .with("suspend", "true")
                        .finding(Component.WORKLOAD, deployment)
                        .reason())
                .isEqualTo(Reason.ENVIRONMENT_SUSPENDED);
    }
}
