package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertManagerInstalled;
import com.recordsponge.operator.certificate.CertificateCopyDependentResource;
import com.recordsponge.operator.certificate.CertificateDependentResource;
import com.recordsponge.operator.database.ConnectionSecretDependentResource;
import com.recordsponge.operator.database.DatabaseEndpointSliceDependentResource;
import com.recordsponge.operator.database.DatabaseServiceDependentResource;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PutBacks;
import com.recordsponge.operator.dependent.Releases;
import com.recordsponge.operator.dev.PartClaimDependentResource;
import com.recordsponge.operator.dev.PartCopyDependentResource;
import com.recordsponge.operator.dev.PartDeploymentDependentResource;
import com.recordsponge.operator.dev.PartPolicyDependentResource;
import com.recordsponge.operator.dev.PartServiceDependentResource;
import com.recordsponge.operator.dev.PostgresSecretDependentResource;
import com.recordsponge.operator.host.HostRegistry;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.route.IngressDependentResource;
import com.recordsponge.operator.route.MiddlewareDependentResource;
import com.recordsponge.operator.route.ServersTransportDependentResource;
import com.recordsponge.operator.route.ServiceDependentResource;
import com.recordsponge.operator.route.TraefikInstalled;
import com.recordsponge.operator.route.UserSecretDependentResource;
import com.recordsponge.operator.runtime.SyncedCaches;
import com.recordsponge.operator.sessions.SessionsClaimDependentResource;
import com.recordsponge.operator.workload.DataCopyDependentResource;
import com.recordsponge.operator.workload.DeploymentDependentResource;
import com.recordsponge.operator.workload.DisruptionBudgetDependentResource;
import com.recordsponge.operator.workload.NetworkPolicyDependentResource;
import com.recordsponge.operator.workload.SessionKeyDependentResource;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Observes, plans, applies and reports. The annotation shows what is applied and in which order. */
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(
                    name = "development-credentials",
                    type = PostgresSecretDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "development-copies",
                    type = PartCopyDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "development-claims",
                    type = PartClaimDependentResource.class,
                    useEventSourceWithName = "sessions"),
            @Dependent(
                    name = "development-services",
                    type = PartServiceDependentResource.class,
                    useEventSourceWithName = "services"),
            @Dependent(
                    name = "development-policies",
                    type = PartPolicyDependentResource.class,
                    useEventSourceWithName = "network-policy"),
            @Dependent(
                    name = "development-parts",
                    type = PartDeploymentDependentResource.class,
                    useEventSourceWithName = "deployment",
                    dependsOn = {
                        "development-credentials",
                        "development-copies",
                        "development-claims",
                        "development-services",
                        "development-policies"
                    }),
            @Dependent(
                    name = "connection",
                    type = ConnectionSecretDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "database-service",
                    type = DatabaseServiceDependentResource.class,
                    useEventSourceWithName = "services",
                    dependsOn = "database-endpoint"),
            @Dependent(name = "database-endpoint", type = DatabaseEndpointSliceDependentResource.class),
            @Dependent(
                    name = "session-key",
                    type = SessionKeyDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "copies",
                    type = DataCopyDependentResource.class,
                    useEventSourceWithName = "secrets",
                    dependsOn = "session-key"),
            @Dependent(name = "network-policy", type = NetworkPolicyDependentResource.class),
            @Dependent(name = "sessions", type = SessionsClaimDependentResource.class),
            @Dependent(
                    name = "deployment",
                    type = DeploymentDependentResource.class,
                    dependsOn = {
                        "development-credentials",
                        "development-copies",
                        "development-claims",
                        "development-services",
                        "development-policies",
                        "development-parts",
                        "connection",
                        "database-endpoint",
                        "database-service",
                        "session-key",
                        "copies",
                        "network-policy",
                        "sessions"
                    }),
            @Dependent(name = "disruption-budget", type = DisruptionBudgetDependentResource.class),
            @Dependent(name = "service", type = ServiceDependentResource.class, useEventSourceWithName = "services"),
            @Dependent(
                    name = "certificate",
                    type = CertificateDependentResource.class,
                    activationCondition = CertManagerInstalled.class),
            @Dependent(name = "users", type = UserSecretDependentResource.class, useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "certificate-copy",
                    type = CertificateCopyDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "middleware",
                    type = MiddlewareDependentResource.class,
                    activationCondition = TraefikInstalled.class),
            @Dependent(
                    name = "transport",
                    type = ServersTransportDependentResource.class,
                    activationCondition = TraefikInstalled.class),
            @Dependent(name = "ingress", type = IngressDependentResource.class, dependsOn = "service")
        })
@ControllerConfiguration(
        name = Labels.MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = EditFilter.class))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 300_000)
public class EnvironmentReconciler implements Reconciler<RecordSpongeEnvironment> {

    /** The operator does not watch objects of others, so no event reports the end of a conflict or a higher quota. */
    private static final Duration REFUSAL_RECHECK = Duration.ofSeconds(15);

    private static final Set<Reason> REFUSALS = EnumSet.of(Reason.CONFLICTING_OBJECT, Reason.APPLY_FAILED);

    private static final Duration SYNC_RECHECK = Duration.ofSeconds(2);

    private final Observer observer;
    private final EventSources sources;
    private final HostRegistry hosts;
    private final PutBacks putBacks;
    private final Releases releases;
    private final SyncedCaches caches;
    private final StatusWriter statuses;
    private final Clock clock;

    EnvironmentReconciler(
            Observer observer,
            EventSources sources,
            HostRegistry hosts,
            PutBacks putBacks,
            Releases releases,
            SyncedCaches caches,
            StatusWriter statuses,
            Clock clock) {
        this.observer = observer;
        this.sources = sources;
        this.hosts = hosts;
        this.putBacks = putBacks;
        this.releases = releases;
        this.caches = caches;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, RecordSpongeEnvironment>> prepareEventSources(
            EventSourceContext<RecordSpongeEnvironment> context) {
        return sources.of(context);
    }

    @Override
    public UpdateControl<RecordSpongeEnvironment> reconcile(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        if (!caches.contain(environment.getMetadata().getNamespace())) {
            return UpdateControl.<RecordSpongeEnvironment>noUpdate().rescheduleAfter(SYNC_RECHECK);
        }
        PlanContext.set(context, observer.plan(environment, context), putBacks, releases);
        var result = apply(context);
        var failures = new ArrayList<>(ApplyFailures.of(result));
        if (!failures.isEmpty()) {
            failures.addAll(new ScaleDown(
                            context.getClient(),
                            context.getControllerConfiguration().fieldManager())
                    .apply(environment, PlanContext.plan(context), PlanContext.owned(context)));
        }
        var report = observer.report(environment, failures, context);
        hosts.update(environment, report.status().hosts());
        if (!statuses.write(environment, report, context)) {
            return UpdateControl.<RecordSpongeEnvironment>noUpdate().reschedule();
        }
        if (!ApplyFailures.areConflicts(failures)) {
            result.throwAggregateExceptionIfErrorsPresent();
        }
        var control = UpdateControl.<RecordSpongeEnvironment>noUpdate();
        Stream.of(
                        report.recheck().stream(),
                        PlanContext.recheck(context),
                        Stream.concat(failures.stream(), PlanContext.blockers(context).stream())
                                .filter(blocker -> REFUSALS.contains(blocker.reason()))
                                .map(_ -> REFUSAL_RECHECK),
                        PlanContext.blockers(context).stream()
                                .filter(blocker -> blocker.reason() == Reason.FIELD_CONFLICT)
                                .map(_ -> PutBacks.PAUSE))
                .flatMap(rechecks -> rechecks)
                .min(Duration::compareTo)
                .ifPresent(control::rescheduleAfter);
        return control;
    }

    /**
     * Applies the plan. The result contains the failures. The extension ignores {@code handleExceptionsInReconciler},
     * so the SDK also throws them.
     */
    private static WorkflowReconcileResult apply(Context<RecordSpongeEnvironment> context) {
        var workflow = context.managedWorkflowAndDependentResourceContext();
        try {
            return workflow.reconcileManagedWorkflow();
        } catch (AggregatedOperatorException _) {
            return workflow.getWorkflowReconcileResult().orElseThrow();
        }
    }

    /** The status already reports failures to apply objects; this writes any other failure. The SDK retries both. */
    @Override
    public ErrorStatusUpdateControl<RecordSpongeEnvironment> updateErrorStatus(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context, Exception failure) {
        var failures =
                1 + context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
        if (!(failure instanceof AggregatedOperatorException) && FailureReport.isDue(environment, failures)) {
            var status = FailureReport.status(environment, failure, clock.instant());
            statuses.write(environment, new StatusReport(status, List.of(), Optional.empty()), context);
        }
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
