package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertManagerInstalled;
import com.recordsponge.operator.certificate.CertificateDependentResource;
import com.recordsponge.operator.cluster.ReferencedObjects;
import com.recordsponge.operator.database.ConnectionSecretDependentResource;
import com.recordsponge.operator.database.DatabaseEndpointSliceDependentResource;
import com.recordsponge.operator.database.DatabaseServiceDependentResource;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PutBacks;
import com.recordsponge.operator.host.HostRegistry;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.route.IngressDependentResource;
import com.recordsponge.operator.route.MiddlewareDependentResource;
import com.recordsponge.operator.route.ServersTransportDependentResource;
import com.recordsponge.operator.route.ServiceDependentResource;
import com.recordsponge.operator.route.TraefikInstalled;
import com.recordsponge.operator.runtime.SyncedCaches;
import com.recordsponge.operator.sessions.SessionsClaimDependentResource;
import com.recordsponge.operator.workload.DeploymentDependentResource;
import com.recordsponge.operator.workload.DisruptionBudgetDependentResource;
import com.recordsponge.operator.workload.NetworkPolicyDependentResource;
import com.recordsponge.operator.workload.SessionKeyDependentResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
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
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkus.arc.All;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Observes, plans, applies and reports. The annotation shows what is applied and in which order. */
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(
                    name = "connection",
                    type = ConnectionSecretDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(
                    name = "database-service",
                    type = DatabaseServiceDependentResource.class,
                    useEventSourceWithName = "services"),
            @Dependent(name = "database-endpoint", type = DatabaseEndpointSliceDependentResource.class),
            @Dependent(
                    name = "session-key",
                    type = SessionKeyDependentResource.class,
                    useEventSourceWithName = "secrets"),
            @Dependent(name = "network-policy", type = NetworkPolicyDependentResource.class),
            @Dependent(name = "sessions", type = SessionsClaimDependentResource.class),
            @Dependent(
                    name = "deployment",
                    type = DeploymentDependentResource.class,
                    dependsOn = {
                        "connection",
                        "database-endpoint",
                        "database-service",
                        "session-key",
                        "network-policy",
                        "sessions"
                    }),
            @Dependent(name = "disruption-budget", type = DisruptionBudgetDependentResource.class),
            @Dependent(name = "service", type = ServiceDependentResource.class, useEventSourceWithName = "services"),
            @Dependent(
                    name = "certificate",
                    type = CertificateDependentResource.class,
                    activationCondition = CertManagerInstalled.class),
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
@ControllerConfiguration(name = Labels.MANAGER)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 300_000)
public class EnvironmentReconciler implements Reconciler<RecordSpongeEnvironment> {

    /** The operator does not watch objects of others, so no event reports that a conflict is resolved. */
    private static final Duration CONFLICT_RECHECK = Duration.ofSeconds(15);

    private static final Duration SYNC_RECHECK = Duration.ofSeconds(2);

    private final Observer observer;
    private final List<EventSource<?, RecordSpongeEnvironment>> sources;
    private final ReferencedObjects references;
    private final HostRegistry hosts;
    private final PutBacks putBacks;
    private final SyncedCaches caches;
    private final Events events;
    private final Clock clock;

    EnvironmentReconciler(
            Observer observer,
            @All List<EventSource<?, RecordSpongeEnvironment>> sources,
            ReferencedObjects references,
            HostRegistry hosts,
            PutBacks putBacks,
            SyncedCaches caches,
            Events events,
            Clock clock) {
        this.observer = observer;
        this.sources = sources;
        this.references = references;
        this.hosts = hosts;
        this.putBacks = putBacks;
        this.caches = caches;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, RecordSpongeEnvironment>> prepareEventSources(
            EventSourceContext<RecordSpongeEnvironment> context) {
        hosts.watch(context);
        var all = new ArrayList<>(sources);
        all.addAll(references.informers(context));
        all.add(owned("secrets", Secret.class, context));
        all.add(owned("services", Service.class, context));
        all.add(owned("pods", Pod.class, context));
        return all;
    }

    private static <R extends HasMetadata> EventSource<R, RecordSpongeEnvironment> owned(
            String name, Class<R> type, EventSourceContext<RecordSpongeEnvironment> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, RecordSpongeEnvironment.class)
                        .withName(name)
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withSecondaryToPrimaryMapper(PlanContext::environmentOf)
                        .build(),
                context);
    }

    @Override
    public UpdateControl<RecordSpongeEnvironment> reconcile(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        if (!caches.contain(environment.getMetadata().getNamespace())) {
            return UpdateControl.<RecordSpongeEnvironment>noUpdate().rescheduleAfter(SYNC_RECHECK);
        }
        PlanContext.set(context, observer.plan(environment, context), putBacks);
        var result = apply(context);
        var failures = ApplyFailures.of(result);
        var report = observer.report(environment, failures, context);
        hosts.update(environment, report.status().hosts());
        if (isOutdated(writeStatus(environment, report, context), environment)) {
            return UpdateControl.<RecordSpongeEnvironment>noUpdate().reschedule();
        }
        if (!ApplyFailures.areConflicts(failures)) {
            result.throwAggregateExceptionIfErrorsPresent();
        }
        var control = UpdateControl.<RecordSpongeEnvironment>noUpdate();
        Stream.of(
                        report.recheck().stream(),
                        failures.stream().map(_ -> CONFLICT_RECHECK),
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
            writeStatus(environment, new StatusReport(status, List.of(), Optional.empty()), context);
        }
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    /** Writes the status if it has changed, and returns the resulting environment. */
    private RecordSpongeEnvironment writeStatus(
            RecordSpongeEnvironment environment, StatusReport report, Context<RecordSpongeEnvironment> context) {
        if (report.status().equals(environment.getStatus())) {
            return environment;
        }
        events.publish(environment, report);
        return context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(environment, report.status()));
    }

    /**
     * Whether the spec was edited after it had been read. The SDK drops the event of an edit that arrives while it waits for
     * the response to a write, since the response contains the edit.
     */
    private static boolean isOutdated(RecordSpongeEnvironment written, RecordSpongeEnvironment read) {
        return !written.getMetadata().getGeneration().equals(read.getMetadata().getGeneration());
    }

    private static RecordSpongeEnvironment withStatus(RecordSpongeEnvironment environment, EnvironmentStatus status) {
        var patch = new RecordSpongeEnvironment();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(environment.getMetadata().getNamespace())
                .withName(environment.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
