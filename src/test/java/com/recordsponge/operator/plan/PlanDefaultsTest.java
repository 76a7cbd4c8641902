package com.recordsponge.operator.plan;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The defaults of a plan; the schema fills in none of them here. */
class PlanDefaultsTest {

    @Test
    void aMinimalEnvironmentHasNoBlockers() {
        assertThat(environment().plan().blockers()).isEmpty();
    }

    @Test
    void replicasDefaultToOne() {
        assertThat(environment().plan().replicas()).isEqualTo(1);
        assertThat(environment().with("replicas", "3").plan().replicas()).isEqualTo(3);
    }

    @Test
    void replicasCanBeZero() {
        assertThat(environment().with("replicas", "0").plan().replicas()).isZero();
    }

    @Test
    void suspendOverridesReplicas() {
        assertThat(environment()
                        .with("replicas", "3")
                        .with("suspend", "true")
                        .plan()
                        .replicas())
                .isZero();
    }

    @Test
    void theProgressDeadlineDefaultsToFiveMinutes() {
        assertThat(environment().plan().progressDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(environment().with("progressDeadline", "90s").plan().progressDeadline())
                .hasSeconds(90);
    }
}
