package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Passes the plan of a reconciliation to the dependent resources, and their failures back. */
public final class PlanContext {

    private static final String KIND = HasMetadata.getKind(RecordSpongeEnvironment.class);

    private PlanContext() {}

    /** Sets the plan of this reconciliation, and what is known of earlier ones. */
    public static void set(
            Context<RecordSpongeEnvironment> context, EnvironmentPlan plan, PutBacks putBacks, Releases releases) {
        context.managedWorkflowAndDependentResourceContext().put(EnvironmentPlan.class, plan);
        context.managedWorkflowAndDependentResourceContext().put(PutBacks.class, putBacks);
        context.managedWorkflowAndDependentResourceContext().put(Releases.class, releases);
        context.managedWorkflowAndDependentResourceContext().put(Recheck.class, new ConcurrentLinkedQueue<>());
    }

    static PutBacks putBacks(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(PutBacks.class, PutBacks.class);
    }

    static Releases releases(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Releases.class, Releases.class);
    }

    /** Asks, once all objects are applied, when a dependent resource must run again without an event. */
    static void add(Context<RecordSpongeEnvironment> context, Recheck recheck) {
        rechecks(context).add(recheck);
    }

    /** When dependent resources must run again without an event. */
    public static Stream<Duration> recheck(Context<RecordSpongeEnvironment> context) {
        return rechecks(context).stream().flatMap(recheck -> recheck.after().stream());
    }

    @SuppressWarnings("unchecked")
    private static Queue<Recheck> rechecks(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Recheck.class, Queue.class);
    }

    /** When a dependent resource must run again without an event. */
    @FunctionalInterface
    interface Recheck {
        Optional<Duration> after();
    }

    /** The plan of this reconciliation. */
    public static EnvironmentPlan plan(Context<RecordSpongeEnvironment> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(EnvironmentPlan.class, EnvironmentPlan.class);
    }

    /** The environment's objects as last observed. */
    public static OwnedObjects owned(Context<RecordSpongeEnvironment> context) {
        return new OwnedObjects() {
            @Override
            public <R extends HasMetadata> Stream<R> all(Class<R> type) {
                return context.getSecondaryResourcesAsStream(type);
            }
        };
    }

    /** The objects of another environment as last observed. */
    public static OwnedObjects owned(RecordSpongeEnvironment other, Context<RecordSpongeEnvironment> context) {
        return new OwnedObjects() {
            @Override
            public <R extends HasMetadata> Stream<R> all(Class<R> type) {
                return context.eventSourceRetriever().getEventSourcesFor(type).stream()
                        .flatMap(source -> source.getSecondaryResources(other).stream());
            }
        };
    }

    /** Records a dependent resource's failure; the workflow applies all other objects. */
    public static void add(Context<RecordSpongeEnvironment> context, Blocker blocker) {
        context.managedWorkflowAndDependentResourceContext().put(blocker.component(), blocker);
    }

    /** All recorded failures. */
    public static List<Blocker> blockers(Context<RecordSpongeEnvironment> context) {
        return Arrays.stream(Component.values())
                .flatMap(component ->
                        context.managedWorkflowAndDependentResourceContext().get(component, Blocker.class).stream())
                .toList();
    }

    /**
     * The environment that an object was created for, by its owner and by its label: somebody can change either, and the
     * environment must notice.
     */
    public static Set<ResourceID> environmentOf(HasMetadata object) {
        var metadata = object.getMetadata();
        var owners = metadata.getOwnerReferences().stream()
                .filter(owner -> KIND.equals(owner.getKind()))
                .map(OwnerReference::getName);
        var label = Stream.ofNullable(metadata.getLabels())
                .flatMap(labels -> Stream.ofNullable(labels.get(Labels.ENVIRONMENT)));
        return Stream.concat(owners, label)
                .map(name -> new ResourceID(name, metadata.getNamespace()))
                .collect(Collectors.toSet());
    }
}
