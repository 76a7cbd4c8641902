package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.ConditionType;
import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API server refuses something that the operator looks up before it can plan. */
@Tag("faults")
class RefusedLookupTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final ControlPlane plane = ControlPlane.get();
    private final Baseline baseline = plane.baseline();

    RefusedLookupTest() throws IOException {}

    @Test
    void aRefusedLookupIsReportedAndThenForgotten() throws IOException {
        var refused = new AtomicBoolean(true);
        FaultProxy.Policy lookups = request -> refused.get() && request.path().contains("/ingressclasses/")
                ? new FaultAction.Refuse(403, "Forbidden", false)
                : new FaultAction.Pass();
        var environment = plane.environment("refused-lookup");
        try (var _ = new Operator(plane, lookups, Map.of())) {
            Phase.CREATE.begin(plane, List.of(environment));
            await().untilAsserted(() -> assertThat(
                            environment.resource().get().getStatus().condition(ConditionType.READY))
                    .hasValueSatisfying(ready -> {
                        assertThat(ready.getStatus()).isEqualTo("False");
                        assertThat(ready.getReason()).isEqualTo(Reason.RECONCILE_FAILED.toString());
                        assertThat(ready.getObservedGeneration()).isEqualTo(1);
                    }));
            assertThat(environment.events()).containsEntry("POST events Ready ReconcileFailed", 1L);

            refused.set(false);
            assertThat(baseline.awaitEndState(Phase.CREATE, TIMEOUT, () -> List.of(environment)))
                    .isEmpty();
            environment.delete(DeletionPropagation.BACKGROUND);
        }
    }
}
