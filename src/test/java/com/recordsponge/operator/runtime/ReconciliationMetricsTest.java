package com.recordsponge.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What the SDK and the metrics learn of a reconciliation that fails. */
class ReconciliationMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReconciliationMetrics metrics =
            new ReconciliationMetrics(registry, new MemoryRelease(_ -> {}, () -> {}));

    @Test
    void anErrorReachesTheSdkAsAnExceptionThatItRetries() {
        var error = new StackOverflowError("for the test");
        assertThatThrownBy(() -> metrics.timeControllerExecution(new TestExecution(() -> {
                    throw error;
                })))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("StackOverflowError: for the test")
                .hasCause(error);
        assertThat(registry.timer("recordsponge.reconciliation", "result", "failure")
                        .count())
                .isEqualTo(1);
    }
}
