package com.recordsponge.operator.plan;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an environment gets that its owner left out; the schema fills in none of it here. */
class PlanDefaultsTest {

    @Test
    void nothingBlocksTheShortestEnvironment() {
        assertThat(environment().plan().blockers()).isEmpty();
    }

    @Test
    void onePodRunsUnlessMoreAreAskedFor() {
        assertThat(environment().plan().replicas()).isEqualTo(1);
        assertThat(environment().with("replicas", "3").plan().replicas()).isEqualTo(3);
    }

    @Test
    void noPodRunsWhenNoneIsAskedFor() {
        assertThat(environment().with("replicas", "0").plan().replicas()).isZero();
    }

    @Test
    void suspendingWinsOverReplicas() {
        assertThat(environment()
                        .with("replicas", "3")
                        .with("suspend", "true")
                        .plan()
                        .replicas())
                .isZero();
    }

    @Test
    void aRolloutHasFiveMinutesUnlessToldOtherwise() {
        assertThat(environment().plan().progressDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(environment().with("progressDeadline", "90s").plan().progressDeadline())
                .hasSeconds(90);
    }
}
