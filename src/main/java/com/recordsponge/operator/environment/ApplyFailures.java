package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.dependent.Refusals;
import com.recordsponge.operator.plan.Blocker;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.util.List;

/** The objects that the operator could not apply, as blockers of their components. */
final class ApplyFailures {

    private ApplyFailures() {}

    static List<Blocker> of(WorkflowReconcileResult result) {
        return result.getErroredDependents().entrySet().stream()
                .map(error ->
                        Refusals.blocker(((PlannedDependentResource<?>) error.getKey()).component(), error.getValue()))
                .toList();
    }

    /** Whether all failures are conflicts with foreign objects, which the operator does not watch. */
    static boolean areConflicts(List<Blocker> failures) {
        return failures.stream().allMatch(failure -> failure.reason() == Reason.CONFLICTING_OBJECT);
    }
}
