package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.workload.Rollout.starting;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

/** What others did to the pods without a field that the operator could put back. */
class WorkloadWarningsTest {

    private static final String RESUME =
            "Deployment staging is paused, so that no change of its pods is rolled out; run kubectl rollout resume deployment/staging -n recordsponge.";

    private static Rollout running() {
        return Rollout.of(environment()).counts(1, 1, 1);
    }

    private static Deployment paused(Rollout rollout) {
        return rollout.deployment().edit().editSpec().withPaused(true).endSpec().build();
    }

    private static Finding finding(HasMetadata... objects) {
        return environment().finding(Component.WORKLOAD, objects);
    }

    @Test
    void aPausedRolloutIsNamedAndTimed() {
        var finding = finding(paused(Rollout.of(environment()).counts(1, 0, 1)));
        assertThat(finding)
                .isEqualTo(new Finding(Component.WORKLOAD, "False", Reason.ROLLOUT_PAUSED, RESUME, Kind.FAILING, true));
    }

    @Test
    void aPausedDeploymentWithNothingToRollOutIsAvailableWithAWarning() {
        var finding = finding(paused(running()));
        assertThat(finding.isReady()).isTrue();
        assertThat(finding.message()).isEqualTo("1 of 1 pods available. " + RESUME);
    }

    /** It was copied with its labels: the Service sends it requests. */
    @Test
    void aCopiedDeploymentIsNamedAndDoesNotHideOurs() {
        var ours = running().deployment();
        var copy = new DeploymentBuilder(
                        Rollout.of(environment()).counts(1, 0, 0).deployment())
                .editMetadata()
                .withName("staging-debug")
                .endMetadata()
                .build();
        for (var objects : new HasMetadata[][] {{ours, copy}, {copy, ours}}) {
            assertThat(finding(objects).reason()).isEqualTo(Reason.AVAILABLE);
            assertThat(finding(objects).message())
                    .startsWith("1 of 1 pods available. Warning:")
                    .contains("Deployment staging-debug.");
        }
        var failing = Rollout.of(environment()).counts(1, 0, 0).deployment();
        var healthyCopy = new DeploymentBuilder(running().deployment())
                .editMetadata()
                .withName("staging-debug")
                .endMetadata()
                .build();
        assertThat(finding(failing, healthyCopy).reason()).isEqualTo(Reason.ROLLING_OUT);
    }

    @Test
    void aPodThatSomebodyLabelledIsNamedAndItsFailureIsNotOurs() {
        var stranger = new PodBuilder(strangersPod()).build();
        var finding = finding(running().deployment(), stranger);
        assertThat(finding.message()).contains("pod debug. Delete it, or remove the label");
        var starting = Rollout.of(environment()).counts(1, 1, 0).deployment();
        assertThat(finding(starting, stranger).reason()).isEqualTo(Reason.ROLLING_OUT);
    }

    private static Pod strangersPod() {
        return Rollout.of(environment())
                .pod("debug", Rollout.ended("Error", 1))
                .pods()
                .getFirst()
                .edit()
                .editMetadata()
                .withOwnerReferences()
                .endMetadata()
                .build();
    }

    @Test
    void ourOwnPodsAreNoStrangers() {
        var rollout = running().pod("staging-abc-1", starting());
        assertThat(rollout.finding().message()).isEqualTo("1 of 1 pods available.");
    }
}
