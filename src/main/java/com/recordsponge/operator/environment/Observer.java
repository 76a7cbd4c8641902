package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertificateFinding;
import com.recordsponge.operator.certificate.Issuers;
import com.recordsponge.operator.certificate.ProvidedCertificate;
import com.recordsponge.operator.cluster.ClusterCapabilities;
import com.recordsponge.operator.cluster.DeletionNotifier;
import com.recordsponge.operator.cluster.ReferencedObjects;
import com.recordsponge.operator.database.DatabaseFinding;
import com.recordsponge.operator.database.LoginChecks;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.host.HostRegistry;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.PlanInput;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.route.RouteFinding;
import com.recordsponge.operator.runtime.Settings;
import com.recordsponge.operator.sessions.SessionsFinding;
import com.recordsponge.operator.workload.WorkloadFinding;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks at everything that an environment depends on, before and after it is applied. */
@Singleton
class Observer {

    /** Reasons that only another look at the cluster's capabilities can end. */
    private static final Set<String> CAPABILITY_REASONS =
            Set.of("CertManagerMissing", "IngressClassMissing", "MiddlewareUnsupported");

    private final ReferencedObjects references;
    private final ClusterCapabilities capabilities;
    private final HostRegistry hosts;
    private final LoginChecks logins;
    private final Issuers issuers;
    private final Settings settings;
    private final Clock clock;

    Observer(
            ReferencedObjects references,
            ClusterCapabilities capabilities,
            HostRegistry hosts,
            LoginChecks logins,
            Issuers issuers,
            Settings settings,
            Clock clock) {
        this.references = references;
        this.capabilities = capabilities;
        this.hosts = hosts;
        this.logins = logins;
        this.issuers = issuers;
        this.settings = settings;
        this.clock = clock;
    }

    List<EventSource<?, RecordSpongeEnvironment>> eventSources(EventSourceContext<RecordSpongeEnvironment> context) {
        var sources = new ArrayList<>(references.eventSources(context));
        sources.add(logins);
        sources.add(hosts.over(context));
        sources.add(new DeletionNotifier(List.of(references::forget, logins::forget)));
        return sources;
    }

    /** Before anything is applied. */
    ReconciliationState observe(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var observation = new PlanInput(
                references.read(environment, context),
                capabilities.forIngressClass(environment.getSpec().ingressClass()),
                ingressPods(),
                hosts.taken(environment));
        var plan = Planner.plan(environment, observation);
        if (plan.database() == null) {
            return new ReconciliationState(observation, plan, Optional.empty());
        }
        var login = logins.result(ResourceID.fromResource(environment), plan.database());
        var located = login.map(LoginResult::addresses)
                .map(plan::withDatabaseAddresses)
                .orElse(plan);
        return new ReconciliationState(
                observation, DatabaseFinding.problem(login).map(located::with).orElse(located), login);
    }

    private Optional<PodGroup> ingressPods() {
        return Optional.of(settings.networkPolicy())
                .filter(Settings.NetworkPolicy::enabled)
                .map(Settings.NetworkPolicy::ingressController);
    }

    /** After it was applied. */
    StatusReport report(
            RecordSpongeEnvironment environment, ReconciliationState before, Context<RecordSpongeEnvironment> context) {
        var now = clock.instant();
        var plan = PlanContext.withNotes(before.plan(), context);
        var observed = before.with(plan);
        var children = OwnedObjects.of(context);
        var findings = new ArrayList<Finding>();
        if (environment.getSpec().database() != null) {
            findings.add(DatabaseFinding.of(plan, observed.login(), lastKnown(environment, Component.DATABASE)));
        }
        EnvironmentStatus.Sessions sessions = null;
        if (plan.sessions().isPresent()) {
            findings.add(SessionsFinding.of(plan, children.claims()));
            sessions = SessionsFinding.status(plan, children.claims()).orElse(null);
        }
        findings.add(WorkloadFinding.of(plan, children.deployment(), children.pods()));
        findings.add(RouteFinding.of(plan, children.ingresses()));
        EnvironmentStatus.Certificate certificate = null;
        if (plan.issuesCertificate()) {
            findings.add(issued(plan, children, now));
            certificate = CertificateFinding.status(children.certificate().orElse(null))
                    .orElse(null);
        } else if (plan.tls()) {
            var data =
                    observed.observation().of(new Reference(Reference.Kind.SECRET, plan.namespace(), plan.tlsSecret()));
            findings.add(ProvidedCertificate.judge(plan, data, now));
            certificate = ProvidedCertificate.status(data).orElse(null);
        }
        var details = new StatusReport.Details(database(environment, observed), certificate, sessions);
        var report = StatusReport.of(environment, plan, children, findings, details, now);
        hosts.served(environment, report.status().hosts());
        return report.sooner(lookAgain(observed)).sooner(untilExpiry(certificate, now));
    }

    private Finding issued(EnvironmentPlan plan, OwnedObjects children, Instant now) {
        var finding = CertificateFinding.of(plan, children.certificate(), false, now);
        return finding.reason().equals("Issuing") && issuers.missing(plan)
                ? CertificateFinding.of(plan, children.certificate(), true, now)
                : finding;
    }

    private static EnvironmentStatus.Database database(
            RecordSpongeEnvironment environment, ReconciliationState observed) {
        if (observed.plan().database() == null) {
            return null;
        }
        var before =
                environment.getStatus() == null ? null : environment.getStatus().database();
        return new EnvironmentStatus.Database(
                observed.plan().database().endpoint(),
                observed.login()
                        .map(LoginResult::serverVersion)
                        .orElse(before == null ? null : before.serverVersion()));
    }

    /** The condition of a step as last written, unless the spec has changed since. */
    private static Optional<Condition> lastKnown(RecordSpongeEnvironment environment, Component step) {
        return Optional.ofNullable(environment.getStatus())
                .filter(status -> environment.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> Conditions.find(status.conditions(), step.condition()));
    }

    /** No event tells that a certificate has expired. */
    private static Optional<Duration> untilExpiry(EnvironmentStatus.Certificate certificate, Instant now) {
        return Optional.ofNullable(certificate)
                .map(c -> Duration.between(now, Instant.parse(c.notAfter())).plusSeconds(1))
                .filter(Duration::isPositive);
    }

    /** When to look again at what sends no events. */
    private Optional<Duration> lookAgain(ReconciliationState observed) {
        var capability =
                observed.plan().problems().stream().anyMatch(problem -> CAPABILITY_REASONS.contains(problem.reason()))
                        ? Stream.of(settings.capabilityRecheck())
                        : Stream.<Duration>empty();
        var expansion = observed.plan().problem(Component.SESSIONS).stream()
                .filter(problem -> problem.reason().equals(Blocker.EXPANSION_REFUSED))
                .map(_ -> settings.expansionRetry());
        return Stream.of(capability, expansion, observed.login().map(logins::recheckAfter).stream())
                .flatMap(Function.identity())
                .min(Duration::compareTo);
    }
}
