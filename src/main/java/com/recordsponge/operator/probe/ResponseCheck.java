package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;

/** Whether a response is the site's. */
final class ResponseCheck {

    private static final int UNAUTHORIZED = 401;

    private ResponseCheck() {}

    /** @param warning a sentence about the certificate; can be empty */
    static ProbeResult of(SiteRequest request, ResponseHead head, String warning) {
        var identity = head.header(SiteIdentity.HEADER);
        var known = identity.isPresent() && identity.equals(request.identity());
        if (identity.isPresent() && request.identity().isPresent() && !known) {
            return ProbeResult.failed(
                    Reason.WRONG_SITE,
                    "Another environment answers at %s; find its Ingress with kubectl get ingress -A, and remove the host from it.",
                    request.url());
        }
        var success = head.status() / 100 == 2 || head.status() == UNAUTHORIZED && request.protectedPath();
        if (!success) {
            return StatusCause.of(head.status(), known).explain(request, head);
        }
        if (request.identity().isPresent() && !known) {
            return ProbeResult.failed(
                    Reason.WRONG_SITE,
                    "What answers at %s is not this environment: the response lacks the header %s; find the other route of the host with kubectl get ingress,ingressroute -A.",
                    request.url(),
                    SiteIdentity.HEADER);
        }
        var unproved = request.identity().isPresent()
                ? ""
                : " Only Traefik with its CRDs marks answers, so that another site could have answered.";
        return ProbeResult.answered(request, warning + unproved);
    }
}
