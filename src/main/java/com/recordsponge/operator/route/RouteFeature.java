package com.recordsponge.operator.route;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertificatePlan;
import com.recordsponge.operator.host.HostConflicts;
import com.recordsponge.operator.plan.Check;
import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.ReconciliationState;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.probe.SiteAnswers;
import com.recordsponge.operator.probe.Trust;
import com.recordsponge.operator.route.RouteTransition.Waiting;
import com.recordsponge.operator.runtime.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How requests reach the application: Service, Ingresses, and Traefik's Middlewares and ServersTransport. */
@Singleton
public class RouteFeature implements Feature<RoutePlan> {

    /** No event reports that the operator's CA bundle has changed, or that the certificate which serves has expired. */
    private static final Duration TRUST_RECHECK = Duration.ofMinutes(1);

    private final Duration capabilityRecheck;
    private final Settling settling;
    private final Trust trust;
    private final RouteAnswer answer;

    public RouteFeature(Settings settings, Trust trust, SiteAnswers answers) {
        this.capabilityRecheck = settings.capabilityRecheck();
        var delay = settings.ingressController().delay();
        this.settling = new Settling(delay);
        this.trust = trust;
        this.answer = new RouteAnswer(answers, delay);
    }

    @Override
    public Component component() {
        return Component.ROUTE;
    }

    @Override
    public Set<Reference> references(RecordSpongeEnvironment environment) {
        var ingress = environment.getSpec().ingress();
        return ingress == null || ingress.basicAuth() == null
                ? Set.of()
                : ingress.basicAuth().stream()
                        .map(auth ->
                                Reference.secret(environment, auth.secretRef().name()))
                        .collect(Collectors.toSet());
    }

    @Override
    public Optional<RoutePlan> plan(PlanInput input) {
        return Optional.of(RoutePlan.of(input, settling, trust, form -> answer.hasCome(form, input)));
    }

    @Override
    public List<Check<RoutePlan>> checks() {
        return List.of(
                RouteChecks::ingressClass,
                RouteChecks::middlewares,
                RouteChecks::host,
                RouteChecks::basicAuth,
                (_, input) -> HostConflicts.aliases(Component.ROUTE, input));
    }

    @Override
    public Finding finding(RoutePlan plan, ReconciliationState state) {
        return RouteFinding.of(plan, state, answer);
    }

    @Override
    public void status(RoutePlan plan, ReconciliationState state, EnvironmentStatus.Builder status) {
        status.url(plan.wanted().url()).hosts(RouteFinding.served(plan, state));
    }

    /** No event reports that the ingress controller has loaded an object, or that a former route has no more use. */
    @Override
    public Optional<Duration> recheck(RoutePlan plan, ReconciliationState state) {
        var capability = state.plan().waitsFor(Reason.INGRESS_CLASS_NOT_FOUND, Reason.MIDDLEWARE_UNSUPPORTED)
                ? Stream.of(capabilityRecheck)
                : Stream.<Duration>empty();
        var unnamed = new ExistingRoutes(plan.names(), state.owned())
                .unnamed(RoutePlan.usableSecret(state.plan().find(CertificatePlan.class)));
        var settled = settling.next(
                RoutePlan.key(plan.names()), unnamed, plan.loaded().settled(), state.now());
        var former = plan.hasFormer()
                ? RouteAnswer.patience(state.owned(), state.environment(), state.now())
                : Optional.<Duration>empty();
        var trusted = plan.step().waiting().filter(Waiting.TRUST::equals).map(_ -> TRUST_RECHECK);
        return Stream.of(capability, settled.stream(), former.stream(), trusted.stream())
                .flatMap(rechecks -> rechecks)
                .min(Duration::compareTo);
    }
}
