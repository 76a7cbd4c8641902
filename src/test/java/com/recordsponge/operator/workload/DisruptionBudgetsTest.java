package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When pods have a disruption budget. The golden files show its content. */
class DisruptionBudgetsTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void aSinglePodDoesNotBlockADrain(String replicas) {
        assertThat(DisruptionBudgets.budgets(
                        environment().with("replicas", replicas).plan()))
                .isEmpty();
    }

    @Test
    void aSuspendedEnvironmentHasNoBudget() {
        var suspended = environment().with("replicas", "2").with("suspend", "true");
        assertThat(DisruptionBudgets.budgets(suspended.plan())).isEmpty();
    }

    @Test
    void twoPodsHaveABudget() {
        assertThat(DisruptionBudgets.budgets(environment().with("replicas", "2").plan()))
                .hasSize(1);
    }
}
