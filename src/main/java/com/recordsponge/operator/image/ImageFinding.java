package com.recordsponge.operator.image;

import static com.recordsponge.operator.api.v1.Component.IMAGE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.registry.DigestAnswer;
import java.util.Optional;

/** Reads the state of the image from the registry's newest answer. No failure of a registry keeps a site from being Ready. */
final class ImageFinding {

    private ImageFinding() {}

    static Finding of(ImagePlan plan, ReconciliationState state) {
        var expectation = expectation(plan);
        var blocker = state.plan().blocker(IMAGE).filter(found -> expectation
                .filter(expected -> expected.reason() == found.reason())
                .isEmpty());
        if (blocker.isPresent() || expectation.isPresent()) {
            return blocker.map(Finding::of).or(() -> expectation).orElseThrow();
        }
        var flaw = plan.promotion().flatMap(Promotion::flaw);
        if (flaw.isPresent()) {
            return Finding.warning(
                    IMAGE, Reason.PROMOTION_SOURCE_NOT_FOUND, "%s %s".formatted(flaw.get(), meanwhile(plan)));
        }
        if (plan.question().isEmpty()) {
            return found(plan, plan.digest());
        }
        return plan.policyInput().answer().map(answer -> of(plan, answer)).orElseGet(() -> keptFrom(plan, state));
    }

    /** What the workload waits for. */
    static Optional<Finding> expectation(ImagePlan plan) {
        return Optional.of(plan).filter(waiting -> waiting.choice().waits()).map(waiting -> waiting.promotion()
                .map(ImageFinding::awaiting)
                .orElseGet(() ->
                        new Finding(IMAGE, "Unknown", Reason.RESOLVING, resolving(waiting), Finding.Kind.WORKING)));
    }

    private static Finding awaiting(Promotion promotion) {
        return promotion.flaw().isPresent()
                ? Finding.failing(IMAGE, Reason.PROMOTION_SOURCE_NOT_FOUND, promotion.expectation())
                : new Finding(
                        IMAGE,
                        "False",
                        Reason.AWAITING_PROMOTION,
                        "No image has been promoted yet. " + promotion.expectation(),
                        Finding.Kind.WORKING,
                        false);
    }

    /** The same as what keeps the workload waiting. */
    static Blocker blocker(Finding expectation) {
        return new Blocker(IMAGE, expectation.reason(), expectation.message());
    }

    private static String resolving(ImagePlan plan) {
        return "The operator asks the registry for the digest of %s."
                .formatted(plan.policyInput().requested());
    }

    private static Finding of(ImagePlan plan, DigestAnswer answer) {
        if (answer.digest().isPresent() && runsImported(plan)) {
            return Finding.ready(
                    IMAGE,
                    Reason.IMAGE_FOUND,
                    "%s is %s in the registry. Pods run an image that was imported on their node under this tag."
                            .formatted(
                                    plan.policyInput().requested(),
                                    answer.digest().get()));
        }
        return answer.digest().isPresent()
                ? found(plan, plan.digest().or(answer::digest))
                : Finding.warning(IMAGE, answer.reason(), "%s %s".formatted(answer.message(), meanwhile(plan)));
    }

    private static boolean runsImported(ImagePlan plan) {
        return plan.policyInput()
                .current()
                .filter(current -> current.imported()
                        && current.image().equals(plan.choice().image()))
                .isPresent();
    }

    private static Finding found(ImagePlan plan, Optional<String> digest) {
        var requested = plan.policyInput().requested();
        return Finding.ready(
                IMAGE,
                Reason.IMAGE_FOUND,
                requested.digest().isPresent()
                        ? "spec.image names the digest %s."
                                .formatted(requested.digest().get())
                        : "%s is %s.".formatted(requested, digest.orElse("not pulled yet")));
    }

    private static String meanwhile(ImagePlan plan) {
        return plan.choice()
                .image()
                .digest()
                .map("Pods keep the image %s."::formatted)
                .orElse("Pods run the image that their node finds by this tag.");
    }

    /** A restarted operator keeps what it last reported about this generation until the registry has answered. */
    private static Finding keptFrom(ImagePlan plan, ReconciliationState state) {
        var last = state.lastCondition(IMAGE.condition());
        var reason = last.flatMap(condition -> Reason.of(condition.getReason()));
        if (reason.filter(DigestAnswer.FAILURES::contains).isPresent()) {
            return Finding.warning(IMAGE, reason.get(), last.get().getMessage());
        }
        return plan.digest()
                .map(digest -> found(plan, Optional.of(digest)))
                .orElseGet(() -> new Finding(IMAGE, "Unknown", Reason.RESOLVING, resolving(plan), Finding.Kind.READY));
    }
}
