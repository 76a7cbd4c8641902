package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;

import com.recordsponge.operator.api.v1.EnvironmentStatus.Hold;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RequestAnnotation;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.registry.ImageReference;
import java.util.Optional;

/** A site that serves an earlier image after its newest failed is not Ready, and stays so until somebody acts. */
final class RollbackFinding {

    private RollbackFinding() {}

    static Optional<Finding> of(ImagePlan plan, ReconciliationState state) {
        return Optional.ofNullable(ReleaseStatus.of(plan, state))
                .map(Release::hold)
                .filter(hold -> plan.rules().rollbackTo().isEmpty()
                        && plan.rules().hold().isEmpty())
                .map(hold ->
                        new Finding(IMAGE, "False", Reason.ROLLED_BACK, message(hold, plan), Finding.Kind.GAVE_UP));
    }

    private static String message(Hold hold, ImagePlan plan) {
        return "%s failed (%s), and the operator returned to %s. Push a corrected image, or set the annotation %s to a new value to try this one again."
                .formatted(
                        hold.digest(),
                        hold.reason(),
                        plan.rules().lastGood().flatMap(ImageReference::digest).orElse(plan.podImage()),
                        RequestAnnotation.RETRY);
    }
}
