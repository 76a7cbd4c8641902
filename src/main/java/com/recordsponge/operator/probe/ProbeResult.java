package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What came back from a site. Without a time, so that equal answers are equal.
 *
 * @param reason {@link Reason#ROUTED} if this environment answered
 * @param message for a person
 */
public record ProbeResult(Reason reason, String message) {

    /** Every reason of a result. */
    private static final Set<Reason> REASONS = EnumSet.of(
            Reason.ROUTED,
            Reason.UNREACHABLE,
            Reason.WRONG_CERTIFICATE,
            Reason.UNTRUSTED_CERTIFICATE,
            Reason.WRONG_SITE,
            Reason.UNEXPECTED_STATUS);

    /** The site's answer. */
    public static ProbeResult answered(SiteRequest request) {
        return answered(request, "");
    }

    /** @param remarks sentences to append, each with a space before it; can be empty */
    static ProbeResult answered(SiteRequest request, String remarks) {
        return new ProbeResult(Reason.ROUTED, answer(request) + remarks);
    }

    private static String answer(SiteRequest request) {
        return "The site answers at %s.".formatted(request.url());
    }

    public static ProbeResult failed(Reason reason, String message, Object... arguments) {
        return new ProbeResult(reason, message.formatted(arguments));
    }

    /** The result that a condition reports; empty if it reports something else. */
    public static Optional<ProbeResult> reported(Condition condition, SiteRequest request) {
        return Reason.of(condition.getReason())
                .filter(REASONS::contains)
                .filter(reason ->
                        reason != Reason.ROUTED || condition.getMessage().startsWith(answer(request)))
                .map(reason -> new ProbeResult(reason, condition.getMessage()));
    }

    public boolean answered() {
        return reason == Reason.ROUTED;
    }
}
