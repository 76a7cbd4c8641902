package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.certificate.CertManagerInstalled;
import com.recordsponge.operator.certificate.CertificateDependentResource;
import com.recordsponge.operator.database.ConnectionSecretDependentResource;
import com.recordsponge.operator.database.DatabaseEndpointSliceDependentResource;
import com.recordsponge.operator.database.DatabaseServiceDependentResource;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.route.IngressDependentResource;
import com.recordsponge.operator.route.MiddlewareDependentResource;
import com.recordsponge.operator.route.ServersTransportDependentResource;
import com.recordsponge.operator.route.ServiceDependentResource;
import com.recordsponge.operator.route.TraefikInstalled;
import com.recordsponge.operator.runtime.Heartbeat;
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
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Observe, plan, apply, report. The annotation shows what is applied and in which order. */
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
                    name = "secret-key",
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
                        "secret-key",
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

    /** How soon to try again where nothing will tell: an object that is not ours is not watched. */
    private static final Duration CONFLICT_RETRY = Duration.ofSeconds(15);

    private final Observer observer;
    private final Events events;
    private final Heartbeat heartbeat;

    EnvironmentReconciler(Observer observer, Events events, Heartbeat heartbeat) {
        this.observer = observer;
        this.events = events;
        this.heartbeat = heartbeat;
    }

    @Override
    public List<EventSource<?, RecordSpongeEnvironment>> prepareEventSources(
            EventSourceContext<RecordSpongeEnvironment> context) {
        var sources = new ArrayList<>(observer.eventSources(context));
        sources.add(owned("secrets", Secret.class, context));
        sources.add(owned("services", Service.class, context));
        sources.add(owned("pods", Pod.class, context));
        return sources;
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
        try (var _ = heartbeat.working()) {
            var observed = observer.observe(environment, context);
            var shared = context.managedWorkflowAndDependentResourceContext();
            shared.put(ReconciliationState.class, observed);
            PlanContext.set(context, observed.plan());
            shared.reconcileManagedWorkflow();
            var report = observer.report(environment, observed, context);
            var control = UpdateControl.<RecordSpongeEnvironment>noUpdate();
            if (isOutdated(tell(environment, report, context), environment)) {
                return control.reschedule();
            }
            report.lookAgain().ifPresent(control::rescheduleAfter);
            return control;
        }
    }

    @Override
    public ErrorStatusUpdateControl<RecordSpongeEnvironment> updateErrorStatus(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context, Exception failure) {
        if (!(failure instanceof AggregatedOperatorException aggregated)) {
            return ErrorStatusUpdateControl.defaultErrorProcessing();
        }
        var observed = context.managedWorkflowAndDependentResourceContext()
                .getMandatory(ReconciliationState.class, ReconciliationState.class);
        var plan = ApplyFailures.in(observed.plan(), aggregated.getAggregatedExceptions());
        var report = observer.report(environment, observed.with(plan), context);
        var control = ErrorStatusUpdateControl.<RecordSpongeEnvironment>noStatusUpdate();
        if (isOutdated(tell(environment, report, context), environment)) {
            return control.rescheduleAfter(Duration.ZERO);
        }
        return plan.problems().stream().anyMatch(problem -> problem.reason().equals(Blocker.CONFLICTING_OBJECT))
                ? control.rescheduleAfter(CONFLICT_RETRY)
                : control;
    }

    /** Writes the status, if it has changed, and returns the environment as it is then. */
    private RecordSpongeEnvironment tell(
            RecordSpongeEnvironment environment, StatusReport report, Context<RecordSpongeEnvironment> context) {
        if (report.status().equals(environment.getStatus())) {
            return environment;
        }
        events.publish(environment, report);
        return context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(environment, report.status()));
    }

    /**
     * Whether the spec was edited after it had been read. The SDK drops the event of an edit that comes while it waits
     * for the answer to a write, since the answer has the edit too.
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
