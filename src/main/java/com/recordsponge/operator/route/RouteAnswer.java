package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.certificate.StoredCertificate;
import com.recordsponge.operator.dev.Entrance;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.plan.Digest;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Finding.Kind;
import com.recordsponge.operator.plan.OwnedObjects;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.probe.ProbeResult;
import com.recordsponge.operator.probe.Revision;
import com.recordsponge.operator.probe.SiteAnswers;
import com.recordsponge.operator.probe.SiteRequest;
import com.recordsponge.operator.probe.WantedCertificate;
import com.recordsponge.operator.workload.ServedRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Whether the site answers by its route. */
final class RouteAnswer {

    /** After that time without a ready pod, nobody visits any of the site's hosts. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Traefik takes over changes of EndpointSlices at most every 2 s (providers.providersThrottleDuration). */
    private static final Duration TAKEOVER = Duration.ofSeconds(3);

    /** By how much the delay exceeds that time: an object that is named too early costs requests. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final SiteAnswers answers;
    private final Duration takeover;

    /** @param delay how long the ingress controller needs to load a change */
    RouteAnswer(SiteAnswers answers, Duration delay) {
        this.answers = answers;
        this.takeover = takeover(delay);
    }

    /** How long the ingress controller needs to take over a change of endpoints. */
    static Duration takeover(Duration delay) {
        var longer = delay.minus(MARGIN);
        return longer.compareTo(TAKEOVER) > 0 ? longer : TAKEOVER;
    }

    /** Whether the site answers by the route of a form, so that others can end. */
    boolean hasCome(RouteForm form, PlanInput input) {
        return notAsked(input.capabilities()).isPresent()
                || answers.answered(input.environment(), form.toString())
                || !ServedRevision.serves(input.owned(), input.name())
                        && patience(input.owned(), input.environment(), input.now())
                                .isEmpty();
    }

    /** How long a site whose pods fail can still answer; empty if no pod is expected. */
    static Optional<Duration> patience(OwnedObjects owned, RecordSpongeEnvironment environment, Instant now) {
        return ServedRevision.unavailableSince(owned, environment, now)
                .map(since -> Duration.between(now, since.plus(PATIENCE)))
                .filter(Duration::isPositive);
    }

    /** The finding of a route that the ingress controller serves. */
    Finding finding(RoutePlan plan, ReconciliationState state) {
        var served = "IngressClass %s serves %s."
                .formatted(plan.wanted().form().ingressClass(), plan.wanted().host());
        var notAsked = notAsked(state.plan().capabilities());
        if (notAsked.isPresent()
                || state.plan().replicas() == 0
                || plan.options().closes(SiteRequest.PATH)
                || plan.next().isEmpty()) {
            answers.stop(state.environment());
            return Finding.ready(
                    ROUTE, Reason.ROUTED, served + notAsked.map(" "::concat).orElse(""));
        }
        return asked(plan, plan.next().get(), state);
    }

    /** Why the operator does not ask, as a sentence; empty if it does. */
    private Optional<String> notAsked(Capabilities capabilities) {
        if (!answers.enabled()) {
            return Optional.of("The operator does not ask the site: the chart's ingressController.service is empty.");
        }
        return capabilities.traefikController()
                ? Optional.empty()
                : Optional.of(
                        "Whether the site answers is not proved: the operator asks only sites that Traefik serves.");
    }

    private Finding asked(RoutePlan plan, SiteRoute route, ReconciliationState state) {
        var served = ServedRevision.of(state, plan.names().service(), Entrance.deployment(state.plan()), takeover);
        if (served.stranger().isPresent()) {
            return unexpected(served.stranger().get(), state);
        }
        if (!served.serves()) {
            return Finding.working(
                    ROUTE,
                    Reason.PENDING,
                    "No pod is ready to answer at %s; WorkloadAvailable reports why.".formatted(route.url()));
        }
        if (served.formerPodsServe()) {
            return unanswered("Former pods still get a part of the requests for %s.", route);
        }
        var request = request(plan, route, state);
        var reported =
                state.lastCondition(ROUTE.condition()).flatMap(condition -> ProbeResult.reported(condition, request));
        return answers.answer(state.environment(), request, revision(served), reported)
                .map(RouteAnswer::finding)
                .orElseGet(() -> unanswered("%s has not answered since the last change.", route));
    }

    private static Finding unanswered(String message, SiteRoute route) {
        return new Finding(ROUTE, "Unknown", Reason.PENDING, message.formatted(route.url()), Kind.WORKING);
    }

    private static Optional<Revision> revision(ServedRevision served) {
        return served.complete().map(id -> new Revision(id, served.settles()));
    }

    private static Finding unexpected(ServedRevision.Stranger stranger, ReconciliationState state) {
        var message =
                "Pod %s gets a part of the requests, but is not of Deployment %s; delete it, or remove its label recordsponge.com/environment."
                        .formatted(stranger.pod(), state.plan().name());
        return stranger.seen()
                ? Finding.failing(ROUTE, Reason.UNEXPECTED_ENDPOINT, message)
                : new Finding(ROUTE, "Unknown", Reason.UNEXPECTED_ENDPOINT, message, Kind.WORKING);
    }

    private static Finding finding(ProbeResult result) {
        return result.answered()
                ? Finding.ready(ROUTE, result.reason(), result.message())
                : Finding.failing(ROUTE, result.reason(), result.message());
    }

    private static SiteRequest request(RoutePlan plan, SiteRoute route, ReconciliationState state) {
        return new SiteRequest(
                route.host(),
                route.tlsSecret().map(secret -> certificate(secret, state)),
                plan.middlewares(route).identity().map(_ -> plan.options().identity()),
                plan.options().protects(SiteRequest.PATH),
                route.form().toString(),
                content(plan, route));
    }

    /** A redirect of plain HTTP to the site is no part of it: nothing is asked there. */
    private static String content(RoutePlan plan, SiteRoute route) {
        var content = new TreeMap<String, String>();
        content.put(plan.names().service(), plan.usedTransport().orElse(""));
        plan.parts(route).stream()
                .filter(part -> part.tls() == route.tls())
                .forEach(part -> content.put(part.name(), part.toString()));
        return Digest.of(content);
    }

    private static WantedCertificate certificate(String secret, ReconciliationState state) {
        var provided = state.plan()
                .find(CertificatePlan.class)
                .filter(plan -> plan.secretName().equals(secret))
                .filter(plan -> plan.issuer().isPresent())
                .isEmpty();
        return WantedCertificate.of(secret, StoredCertificate.of(secret, state.owned()), provided);
    }
}
