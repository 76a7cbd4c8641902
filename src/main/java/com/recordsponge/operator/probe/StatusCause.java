package com.recordsponge.operator.probe;

import com.recordsponge.operator.api.v1.Reason;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** What a status of {@code /api/hello} means that is no success; the first one that applies counts. */
public enum StatusCause {
    NO_ROUTE(
            "404 without the environment's header",
            status -> status == 404,
            false,
            "the ingress controller has no route to the host",
            "check its log for the Ingress, and that it watches this namespace and IngressClass"),
    NO_SUCH_PAGE(
            "404",
            status -> status == 404,
            null,
            "the application does not know the path",
            "check that spec.image is the RecordSponge application"),
    PASSWORD(
            "401",
            status -> status == 401,
            null,
            "something requires a password that no ingress.basicAuth requires for this path",
            "check the application and the ingress controller's own middlewares"),
    FORBIDDEN(
            "403",
            status -> status == 403,
            null,
            "access is denied: the users of a protected path cannot be read, or the ingress controller restricts clients",
            "check the Secrets of ingress.basicAuth and the ingress controller's own middlewares"),
    REDIRECT(
            "3xx",
            status -> status / 100 == 3,
            null,
            "the request is redirected",
            "remove the redirect, such as one of the ingress controller's entry point; the host itself must answer"),
    BAD_GATEWAY(
            "502",
            status -> status == 502,
            null,
            "the ingress controller cannot connect to a pod, or the pod closed the connection",
            "check kubectl logs of the pod, and that NetworkPolicies admit the ingress controller"),
    UNAVAILABLE(
            "503",
            status -> status == 503,
            null,
            "the ingress controller knows no ready pod, or the application refuses to work",
            "check WorkloadAvailable, and kubectl logs of the pod"),
    GATEWAY_TIMEOUT(
            "504",
            status -> status == 504,
            null,
            "a pod does not answer the ingress controller in time",
            "check that NetworkPolicies and firewalls admit the ingress controller to the pods, and the application's load"),
    APPLICATION(
            "other 5xx", status -> status / 100 == 5, null, "the application fails", "check kubectl logs of the pod"),
    OTHER("any other", _ -> true, null, "the request is refused", "check kubectl logs of the pod");

    private final String statuses;
    private final IntPredicate applies;
    private final Boolean ours;
    private final String cause;
    private final String remedy;

    /** @param ours whether the response must have the environment's header, or must not; null for either */
    StatusCause(String statuses, IntPredicate applies, Boolean ours, String cause, String remedy) {
        this.statuses = statuses;
        this.applies = applies;
        this.ours = ours;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** @param ours whether the response has the environment's header */
    static StatusCause of(int status, boolean ours) {
        return Arrays.stream(values())
                .filter(entry -> entry.applies.test(status) && (entry.ours == null || entry.ours == ours))
                .findFirst()
                .orElseThrow();
    }

    ProbeResult explain(SiteRequest request, ResponseHead head) {
        var target = head.header("Location")
                .filter(_ -> this == REDIRECT)
                .map(location -> " to " + Quote.of(location))
                .orElse("");
        return ProbeResult.failed(
                Reason.UNEXPECTED_STATUS,
                "%s%s answers with status %d: %s%s; %s.",
                request.url(),
                SiteRequest.PATH,
                head.status(),
                cause,
                target,
                remedy);
    }

    /** Which statuses, as docs/conditions.md names them. */
    public String statuses() {
        return statuses;
    }

    public String cause() {
        return cause;
    }

    public String remedy() {
        return remedy;
    }
}
