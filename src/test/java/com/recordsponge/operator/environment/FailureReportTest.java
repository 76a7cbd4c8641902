package com.recordsponge.operator.environment;

import static com.recordsponge.operator.environment.Story.AVAILABLE;
import static com.recordsponge.operator.environment.Story.BEGIN;
import static com.recordsponge.operator.environment.Story.DATABASE_READY;
import static com.recordsponge.operator.environment.Story.ISSUED;
import static com.recordsponge.operator.environment.Story.ROUTED;
import static com.recordsponge.operator.environment.Story.SUSPENDED;
import static com.recordsponge.operator.environment.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

/** The status after a reconciliation that failed before its components could report. */
class FailureReportTest {

    private static final Exception FORBIDDEN = new KubernetesClientException(
            "Failure executing: GET",
            403,
            new StatusBuilder().withMessage("ingressclasses is forbidden").build());

    private static RecordSpongeEnvironment running() {
        return story().found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED).built();
    }

    private static RecordSpongeEnvironment edited() {
        return story().found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED)
                .edited("replicas", "2")
                .built();
    }

    private static Condition condition(EnvironmentStatus status, ConditionType type) {
        return status.condition(type).orElseThrow();
    }

    private static EnvironmentStatus failed(RecordSpongeEnvironment environment) {
        return FailureReport.status(environment, FORBIDDEN, BEGIN);
    }

    @Test
    void anEditedSpecIsNotReadyAfterOneFailure() {
        assertThat(FailureReport.isDue(edited(), 1)).isTrue();
        var status = failed(edited());
        assertThat(status.observedGeneration()).isEqualTo(2);
        var ready = condition(status, ConditionType.READY);
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo("ReconcileFailed");
        assertThat(ready.getObservedGeneration()).isEqualTo(2);
        assertThat(ready.getMessage()).endsWith("ingressclasses is forbidden");
    }

    /** kstatus then reports InProgress, not Failed. */
    @Test
    void aFailureIsReconcilingNotStalled() {
        var status = failed(edited());
        assertThat(condition(status, ConditionType.RECONCILING).getStatus()).isEqualTo("True");
        assertThat(condition(status, ConditionType.STALLED).getStatus()).isEqualTo("False");
    }

    @Test
    void aRunningSiteStaysReadyForTwoFailures() {
        assertThat(FailureReport.isDue(running(), 1)).isFalse();
        assertThat(FailureReport.isDue(running(), 2)).isFalse();
        assertThat(FailureReport.isDue(running(), 3)).isTrue();
    }

    @Test
    void aNewEnvironmentReportsTheFailure() {
        var fresh = story().built();
        assertThat(FailureReport.isDue(fresh, 1)).isTrue();
        assertThat(failed(fresh).conditions())
                .extracting(Condition::getType)
                .containsExactly("Ready", "Reconciling", "Stalled", "Suspended");
    }

    @Test
    void aFailureKeepsTheConditionsOfComponents() {
        var before = edited().getStatus();
        var status = failed(edited());
        assertThat(status.url()).isEqualTo(before.url());
        assertThat(condition(status, ConditionType.ROUTE_READY))
                .isEqualTo(condition(before, ConditionType.ROUTE_READY));
    }

    @Test
    void aFailureKeepsAnEnvironmentSuspended() {
        var suspended = story().edited("suspend", "true")
                .found(DATABASE_READY, SUSPENDED, ROUTED, ISSUED)
                .built();
        assertThat(condition(failed(suspended), ConditionType.SUSPENDED).getStatus())
                .isEqualTo("True");
    }

    @Test
    void theStatusHidesUnexpectedMessages() {
        var status = FailureReport.status(edited(), new IllegalStateException("pa55word"), BEGIN);
        assertThat(condition(status, ConditionType.READY).getMessage())
                .contains("IllegalStateException", "see its log")
                .doesNotContain("pa55word");
    }

    @Test
    void aSuccessReplacesTheFailure() {
        var story = story().found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED).edited("replicas", "2");
        story.status(failed(story.built())).found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED);
        assertThat(story.reported("Ready")).isEqualTo("True Running");
    }
}
