package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.database.DatabaseFinding;
import com.recordsponge.operator.database.LoginChecks;
import com.recordsponge.operator.database.LoginResult;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.Observation;
import com.recordsponge.operator.plan.Planner;
import com.recordsponge.operator.plan.Reference;
import com.recordsponge.operator.platform.ClusterCapabilities;
import com.recordsponge.operator.platform.Departures;
import com.recordsponge.operator.platform.ReferencedObjects;
import com.recordsponge.operator.platform.Settings;
import com.recordsponge.operator.route.BroughtCertificate;
import com.recordsponge.operator.route.CertificateFinding;
import com.recordsponge.operator.route.Issuers;
import com.recordsponge.operator.route.RouteFinding;
import com.recordsponge.operator.workload.WorkloadFinding;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at everything that an environment depends on, before and after it is applied. */
@Singleton
class Observer {

  /** Reasons that only another look at the cluster's capabilities can end. */
  private static final Set<String> CAPABILITY_REASONS =
      Set.of("CertManagerMissing", "IngressClassMissing", "MiddlewareUnsupported");

  private final ReferencedObjects references;
  private final ClusterCapabilities capabilities;
  private final LoginChecks logins;
  private final Issuers issuers;
  private final Settings settings;
  private final Clock clock;

  Observer(
      ReferencedObjects references,
      ClusterCapabilities capabilities,
      LoginChecks logins,
      Issuers issuers,
      Settings settings,
      Clock clock) {
    this.references = references;
    this.capabilities = capabilities;
    this.logins = logins;
    this.issuers = issuers;
    this.settings = settings;
    this.clock = clock;
  }

  List<EventSource<?, RecordSpongeEnvironment>> eventSources(EventSourceContext<RecordSpongeEnvironment> context) {
    var sources = new ArrayList<>(references.eventSources(context));
    sources.add(logins);
    sources.add(new Departures(List.of(references::forget, logins::forget)));
    return sources;
  }

  EnvironmentPlan plan(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
    var ingress = environment.getSpec().ingress();
    var ingressClass = ingress == null || ingress.className() == null ? "traefik" : ingress.className();
    var observation =
        new Observation(references.read(environment, context), capabilities.forIngressClass(ingressClass));
    var plan = Planner.plan(environment, observation);
    return plan.database() == null
        ? plan
        : DatabaseFinding.problem(login(environment, plan)).map(plan::with).orElse(plan);
  }

  Report report(
      RecordSpongeEnvironment environment, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
    var now = clock.instant();
    var children = Children.of(context);
    var login = login(environment, plan);
    var findings = new ArrayList<Finding>();
    if (environment.getSpec().database() != null) {
      findings.add(DatabaseFinding.of(plan, login));
    }
    findings.add(WorkloadFinding.of(plan, children.deployment(), children.pods()));
    findings.add(RouteFinding.of(plan, children.ingresses()));
    EnvironmentStatus.Certificate certificate = null;
    if (plan.issuesCertificate()) {
      findings.add(issued(plan, children, now));
      certificate = CertificateFinding.status(children.certificate().orElse(null)).orElse(null);
    } else if (plan.tls()) {
      var data = brought(environment, plan, context);
      findings.add(BroughtCertificate.judge(plan, data, now));
      certificate = BroughtCertificate.status(data).orElse(null);
    }
    var details = new Report.Details(database(plan, login), certificate);
    var report = Report.of(environment, plan, children, findings, details, now);
    return report.sooner(lookAgain(plan, login));
  }

  private Optional<LoginResult> login(RecordSpongeEnvironment environment, EnvironmentPlan plan) {
    return plan.database() == null
        ? Optional.empty()
        : logins.result(ResourceID.fromResource(environment), plan.database());
  }

  private Finding issued(EnvironmentPlan plan, Children children, Instant now) {
    var finding = CertificateFinding.of(plan, children.certificate(), false, now);
    return finding.reason().equals("Issuing") && issuers.missing(plan)
        ? CertificateFinding.of(plan, children.certificate(), true, now)
        : finding;
  }

  private Optional<Map<String, byte[]>> brought(
      RecordSpongeEnvironment environment, EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
    var reference = new Reference(Reference.Kind.SECRET, plan.namespace(), plan.tlsSecret());
    return Optional.ofNullable(references.read(environment, context).get(reference));
  }

  private static EnvironmentStatus.Database database(EnvironmentPlan plan, Optional<LoginResult> login) {
    return plan.database() == null
        ? null
        : new EnvironmentStatus.Database(
            plan.database().endpoint(), login.map(LoginResult::serverVersion).orElse(null));
  }

  /** When to look again at what sends no events. */
  private Optional<Duration> lookAgain(EnvironmentPlan plan, Optional<LoginResult> login) {
    var capability = plan.problems().stream().anyMatch(problem -> CAPABILITY_REASONS.contains(problem.reason()))
        ? Stream.of(settings.capabilityRecheck())
        : Stream.<Duration>empty();
    return Stream.concat(capability, login.map(logins::recheckAfter).stream()).min(Duration::compareTo);
  }
}
