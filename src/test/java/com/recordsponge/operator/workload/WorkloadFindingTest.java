package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.ended;
import static com.recordsponge.operator.workload.Rollout.starting;
import static com.recordsponge.operator.workload.Rollout.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the operator reports a rollout, from the status of its Deployment. */
class WorkloadFindingTest {

    private static Rollout ofTwo() {
        return Rollout.of(environment().with("replicas", "2"));
    }

    private static void assertRollingOut(Finding finding, String message) {
        assertThat(finding)
                .isEqualTo(Finding.working(Component.WORKLOAD, Reason.ROLLING_OUT, message)
                        .timedByDeployment());
    }

    @Test
    void aWorkloadIsAvailableOnceAllNewPodsAre() {
        assertThat(ofTwo().counts(2, 2, 2).finding())
                .isEqualTo(Finding.ready(Component.WORKLOAD, Reason.AVAILABLE, "2 of 2 pods available."));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, 0", // no pod exists yet
                "2, -, 2, 0", // two available pods, both old
                "2, 1, 2, 1",
                "2, 2, 1, 1",
                "2, 2, -, 0",
                "3, 1, 2, 0", // two available pods, both old
                "3, 2, 2, 1", // an old pod still serves beside a new one
                "3, 2, 3, 2"
            })
    void anIncompleteRolloutIsRollingOut(Integer replicas, Integer updated, Integer available, int reported) {
        assertRollingOut(
                ofTwo().counts(replicas, updated, available).finding(), reported + " of 2 new pods available.");
    }

    /** Its counts describe the Deployment before the change. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"2", "-"})
    void aStatusOfAnOlderGenerationIsIgnored(Long observed) {
        assertRollingOut(
                ofTwo().counts(2, 2, 2).observedGeneration(observed).finding(), "The Deployment has just changed.");
    }

    @Test
    void aDeploymentWithoutStatusIsRollingOut() {
        var environment = environment();
        var deployment = Rollout.of(environment).deployment();
        deployment.setStatus(null);
        assertRollingOut(environment.finding(Component.WORKLOAD, deployment), "The Deployment has just changed.");
    }

    @Test
    void aMissingDeploymentIsRollingOut() {
        assertThat(environment().finding(Component.WORKLOAD))
                .isEqualTo(
                        Finding.working(Component.WORKLOAD, Reason.ROLLING_OUT, "The Deployment does not exist yet."));
    }

    @Test
    void aBlockerIsReportedWhilePodsRun() {
        var plan = environment()
                .plan()
                .with(List.of(new Blocker(Component.WORKLOAD, Reason.SECRET_NOT_FOUND, "Secret app does not exist.")));
        var running = Rollout.of(environment()).counts(1, 1, 1).deployment();
        assertThat(environment().finding(Component.WORKLOAD, Instant.EPOCH, plan, running))
                .isEqualTo(Finding.failing(Component.WORKLOAD, Reason.SECRET_NOT_FOUND, "Secret app does not exist."));
    }

    @Test
    void theFailureOfAPodIsTheReason() {
        var finding = ofTwo().counts(3, 1, 2).pod("new", ended("Error", 1)).finding();
        assertThat(finding.reason()).isEqualTo(Reason.CRASH_LOOP_BACK_OFF);
        assertThat(finding.kind()).isEqualTo(Kind.FAILING);
    }

    @Test
    void theOperatorTimesACrashAfterARollout() {
        var finding = ofTwo().counts(2, 2, 1)
                .condition("Progressing", "True", "NewReplicaSetAvailable", "has successfully progressed")
                .pod("new", ended("Error", 1))
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.CRASH_LOOP_BACK_OFF);
        assertThat(finding.timed()).isTrue();
    }

    @Test
    void podsRefusedByTheApiServerAreAFailure() {
        var finding = ofTwo().counts(0, 0, 0)
                .condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota: pods")
                .finding();
        assertThat(finding)
                .isEqualTo(Finding.failing(Component.WORKLOAD, Reason.FAILED_CREATE, "exceeded quota: pods")
                        .timedByDeployment());
    }

    @Test
    void aResolvedRefusalIsIgnored() {
        var finding = ofTwo().counts(0, 0, 0)
                .condition("ReplicaFailure", "False", "FailedCreate", "exceeded quota: pods")
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.ROLLING_OUT);
    }

    @Test
    void anExceededDeadlineIsReported() {
        var finding = ofTwo().counts(3, 1, 2)
                .pod("new", starting())
                .deadlineExceeded()
                .finding();
        assertThat(finding)
                .isEqualTo(new Finding(
                        Component.WORKLOAD,
                        "False",
                        Reason.PROGRESS_DEADLINE_EXCEEDED,
                        "0 of 2 new pods available within spec.progressDeadline. Pod new runs but does not answer at /api/hello; see kubectl logs new.",
                        Kind.GAVE_UP));
    }

    /** Such as for a volume that cannot be mounted: only an Event says so. */
    @Test
    void pastTheDeadlineAPodThatWaitsIsNamed() {
        var finding = ofTwo().counts(3, 1, 2)
                .pod("new", waiting("ContainerCreating", null))
                .deadlineExceeded()
                .finding();
        assertThat(finding.message())
                .contains("Pod new waits in ContainerCreating", "kubectl describe pod new shows why");
    }

    @Test
    void aPodFailurePrecedesAnExceededDeadline() {
        var finding = ofTwo().counts(3, 1, 2)
                .pod("new", waiting("ImagePullBackOff", ""))
                .deadlineExceeded()
                .finding();
        assertThat(finding.reason()).isEqualTo(Reason.IMAGE_PULL_BACK_OFF);
        assertThat(finding.kind()).isEqualTo(Kind.GAVE_UP);
    }
}
