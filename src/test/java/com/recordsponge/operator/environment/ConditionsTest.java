package com.recordsponge.operator.environment;

import static com.recordsponge.operator.environment.Story.AVAILABLE;
import static com.recordsponge.operator.environment.Story.BEGIN;
import static com.recordsponge.operator.environment.Story.DATABASE_FULL;
import static com.recordsponge.operator.environment.Story.DATABASE_READY;
import static com.recordsponge.operator.environment.Story.DATABASE_REFUSES;
import static com.recordsponge.operator.environment.Story.DATABASE_UNREACHABLE;
import static com.recordsponge.operator.environment.Story.ISSUED;
import static com.recordsponge.operator.environment.Story.ISSUING;
import static com.recordsponge.operator.environment.Story.ROLLING_OUT;
import static com.recordsponge.operator.environment.Story.ROUTED;
import static com.recordsponge.operator.environment.Story.SUSPENDED;
import static com.recordsponge.operator.environment.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The conditions of an environment at one moment. */
class ConditionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Story running() {
        return story().found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED);
    }

    @Test
    void anEnvironmentIsReadyOnceAllComponentsAre() {
        var story = running();
        assertThat(story.reported("Ready")).isEqualTo("True Running");
        assertThat(story.condition("Ready").getMessage()).isEqualTo("The site answers at https://recordsponge.test.");
        assertThat(story.reported("Reconciling")).startsWith("False");
        assertThat(story.reported("Stalled")).startsWith("False");
        assertThat(story.reported("Suspended")).isEqualTo("False NotSuspended");
        assertThat(story.recheck()).isEmpty();
    }

    @Test
    void everyComponentHasACondition() {
        assertThat(running().status().conditions())
                .extracting(Condition::getType)
                .containsExactly(
                        "Ready",
                        "Reconciling",
                        "Stalled",
                        "Suspended",
                        "DatabaseReady",
                        "WorkloadAvailable",
                        "RouteReady",
                        "CertificateReady");
    }

    @Test
    void theFirstComponentNotReadyIsTheReason() {
        assertThat(story().found(DATABASE_READY, ROLLING_OUT, ROUTED, ISSUING).reported("Ready"))
                .isEqualTo("False RollingOut");
        assertThat(story().found(DATABASE_READY, AVAILABLE, ROUTED, ISSUING).reported("Ready"))
                .isEqualTo("False Issuing");
        var first = story().found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUING);
        assertThat(first.reported("Ready")).isEqualTo("False AuthenticationFailed");
        assertThat(first.condition("Ready").getMessage()).isEqualTo("refused.");
        assertThat(first.reported("Reconciling")).isEqualTo("True AuthenticationFailed");
    }

    @Test
    void aSuspendedEnvironmentIsNotReconciling() {
        var story = story().edited("suspend", "true").found(DATABASE_READY, SUSPENDED, ROUTED, ISSUED);
        assertThat(story.reported("Ready")).isEqualTo("False Suspended");
        assertThat(story.reported("Suspended")).isEqualTo("True Suspended");
        assertThat(story.reported("Reconciling")).startsWith("False");
        assertThat(story.reported("Stalled")).startsWith("False");
        assertThat(story.recheck()).isEmpty();
    }

    @Test
    void aSuspendedEnvironmentReportsSuspendedFirst() {
        var story = story().edited("suspend", "true").found(DATABASE_REFUSES, SUSPENDED, ROUTED, ISSUING);
        assertThat(story.reported("Ready")).isEqualTo("False Suspended");
        assertThat(story.condition("Suspended").getMessage()).isEqualTo("scaled to zero.");
        assertThat(story.reported("DatabaseReady")).isEqualTo("False AuthenticationFailed");
    }

    @Test
    void aSiteThatAnswersIsReadyDespiteAWarning() {
        var story = running().after(MINUTE).found(DATABASE_FULL, AVAILABLE, ROUTED, ISSUED);
        assertThat(story.reported("DatabaseReady")).isEqualTo("False TooManyConnections");
        assertThat(story.reported("Ready")).isEqualTo("True Running");
        assertThat(story.reported("Reconciling")).startsWith("False");
        assertThat(story.after(Duration.ofDays(1))
                        .found(DATABASE_FULL, AVAILABLE, ROUTED, ISSUED)
                        .reported("Stalled"))
                .startsWith("False");
        assertThat(story.recheck()).isEmpty();
    }

    @Test
    void aWarningIsNotTheReasonOfASiteThatIsNotReady() {
        assertThat(story().found(DATABASE_FULL, ROLLING_OUT, ROUTED, ISSUED).reported("Ready"))
                .isEqualTo("False RollingOut");
    }

    /** {@code kubectl wait} ignores conditions of older generations. */
    @Test
    void everyConditionHasTheCurrentGeneration() {
        for (var findings : new Finding[][] {
            {DATABASE_READY, AVAILABLE, ROUTED, ISSUED}, {DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUING}
        }) {
            var story = story().found(findings).edited("replicas", "2").found(findings);
            assertThat(story.status().observedGeneration()).isEqualTo(2);
            assertThat(story.status().conditions())
                    .extracting(Condition::getObservedGeneration)
                    .containsOnly(2L);
        }
        var suspended = story().edited("suspend", "true").found(SUSPENDED);
        assertThat(suspended.status().conditions())
                .extracting(Condition::getObservedGeneration)
                .containsOnly(2L);
    }

    @Test
    void anUnchangedStatusKeepsItsTransitionTime() {
        var story = story().found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED)
                .after(MINUTE)
                .found(DATABASE_UNREACHABLE, ROLLING_OUT, ROUTED, ISSUED)
                .after(MINUTE)
                .edited("replicas", "2")
                .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED);
        assertThat(story.status().conditions())
                .extracting(Condition::getLastTransitionTime)
                .containsOnly(BEGIN.toString());
    }

    @Test
    void aChangedStatusHasANewTransitionTime() {
        var story = story().found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUED)
                .after(MINUTE)
                .found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED);
        assertThat(story.since("Ready")).isEqualTo(BEGIN.plus(MINUTE));
        assertThat(story.since("DatabaseReady")).isEqualTo(BEGIN.plus(MINUTE));
        assertThat(story.since("RouteReady")).isEqualTo(BEGIN);
        assertThat(story.since("Stalled")).isEqualTo(BEGIN);
    }

    @Test
    void transitionTimesAreWholeSeconds() {
        var story = story().after(Duration.ofMillis(1234)).found(AVAILABLE, ROUTED);
        assertThat(story.condition("Ready").getLastTransitionTime()).isEqualTo("2026-01-01T00:00:01Z");
    }

    /** The operator does not write an equal status. */
    @Test
    void passingTimeDoesNotChangeTheStatus() {
        var running = running();
        var before = running.status();
        assertThat(running.after(Duration.ofDays(30))
                        .found(DATABASE_READY, AVAILABLE, ROUTED, ISSUED)
                        .status())
                .isEqualTo(before);
        var waiting = story().found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUING);
        var first = waiting.status();
        assertThat(waiting.after(MINUTE)
                        .found(DATABASE_REFUSES, ROLLING_OUT, ROUTED, ISSUING)
                        .status())
                .isEqualTo(first);
    }

    @Test
    void removingTheDatabaseRemovesItsCondition() {
        var story = running().found(AVAILABLE, ROUTED, ISSUED);
        assertThat(story.status().condition(ConditionType.DATABASE_READY)).isEmpty();
        assertThat(story.reported("Ready")).isEqualTo("True Running");
    }
}
