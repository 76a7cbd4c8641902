package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.dependent.ForeignObjectException;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.Blocker;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The objects that the operator could not apply, as blockers of their components. */
final class ApplyFailures {

    private ApplyFailures() {}

    static List<Blocker> of(WorkflowReconcileResult result) {
        return result.getErroredDependents().entrySet().stream()
                .map(error -> blocker(((PlannedDependentResource<?>) error.getKey()).component(), error.getValue()))
                .toList();
    }

    /** Whether all failures are conflicts with foreign objects, which the operator does not watch. */
    static boolean areConflicts(List<Blocker> failures) {
        return failures.stream().allMatch(failure -> failure.reason() == Reason.CONFLICTING_OBJECT);
    }

    static Blocker blocker(Component component, Exception failure) {
        return causes(failure)
                .filter(ForeignObjectException.class::isInstance)
                .findFirst()
                .map(foreign -> new Blocker(component, Reason.CONFLICTING_OBJECT, foreign.getMessage()))
                .orElseGet(() ->
                        new Blocker(component, Reason.APPLY_FAILED, "The API server refused: " + message(failure)));
    }

    /** The API server's message, if the failure is a response of it; otherwise the failure's own. */
    static String message(Exception failure) {
        return causes(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(e -> e.getStatus() != null && e.getStatus().getMessage() != null)
                .map(e -> e.getStatus().getMessage())
                .findFirst()
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
