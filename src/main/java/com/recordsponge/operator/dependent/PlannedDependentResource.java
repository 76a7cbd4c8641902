package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.processing.dependent.BulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.BulkUpdater;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Creates, updates and prunes all objects of one kind that an environment's plan requires; Kubernetes' garbage
 * collector deletes them with the environment. While the plan blocks their component, the objects remain unchanged.
 */
public abstract class PlannedDependentResource<R extends HasMetadata>
        extends KubernetesDependentResource<R, RecordSpongeEnvironment>
        implements BulkDependentResource<R, RecordSpongeEnvironment, String>,
                Creator<R, RecordSpongeEnvironment>,
                BulkUpdater<R, RecordSpongeEnvironment>,
                GarbageCollected<RecordSpongeEnvironment>,
                SecondaryToPrimaryMapper<R> {

    private final Component component;
    private final String suffix;
    private final Function<EnvironmentPlan, List<R>> builder;

    /**
     * All objects of the kind.
     *
     * @param builder the objects that a plan requires
     */
    protected PlannedDependentResource(Class<R> type, Component component, Function<EnvironmentPlan, List<R>> builder) {
        this(type, component, null, builder);
    }

    /**
     * Only the object that is named after its environment: several dependent resources can then manage objects of one kind.
     *
     * @param suffix what follows the environment's name in the object's; can be empty
     * @param builder the object, if a plan requires it
     */
    protected PlannedDependentResource(
            Class<R> type, Component component, String suffix, Function<EnvironmentPlan, List<R>> builder) {
        super(type);
        this.component = component;
        this.suffix = suffix;
        this.builder = builder;
    }

    /** The objects that the plan requires. */
    protected List<R> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        return builder.apply(plan);
    }

    /**
     * Whether this resource manages an object. A label is no proof: Kubernetes copies a Service's labels to EndpointSlices.
     */
    protected boolean owns(R object, RecordSpongeEnvironment environment) {
        return object.getOwnerReferenceFor(environment).isPresent() && isNamed(object, environment);
    }

    /** Whether an object has the required name, if one is required. */
    protected boolean isNamed(R object, RecordSpongeEnvironment environment) {
        return suffix == null
                || object.getMetadata()
                        .getName()
                        .equals(environment.getMetadata().getName() + suffix);
    }

    /** Whether the objects must remain unchanged. */
    protected boolean waits(EnvironmentPlan plan) {
        return plan.blocked(component);
    }

    /** Whether no other object of the plan needs these yet: if the API server refuses one, the others are applied. */
    protected boolean isUnused(EnvironmentPlan plan) {
        return false;
    }

    /** Whether the operator removes what others add to these objects. */
    protected boolean ownsContent() {
        return true;
    }

    /** Whether an object serves a host that another environment owns: deleted even if its component is blocked. */
    protected boolean servesForeignHost(R object, EnvironmentPlan plan) {
        return false;
    }

    /**
     * Whether, in a foreground deletion, the owners of an object remain until it is gone. Such an object has at most one owner
     * beside the environment: of several, Kubernetes would delete some early.
     */
    protected boolean blocksOwnerDeletion() {
        return false;
    }

    /** The component that reports a failure of these objects. */
    public final Component component() {
        return component;
    }

    @Override
    public ReconcileResult<R> reconcile(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        try {
            var plan = PlanContext.plan(context);
            return waits(plan) ? keep(plan, environment, context) : apply(plan, environment, context);
        } catch (Error e) {
            // The SDK reports an exception and tries again; after an Error, nobody learns that the objects are missing.
            throw new IllegalStateException(e.toString(), e);
        }
    }

    private ReconcileResult<R> apply(
            EnvironmentPlan plan, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        try {
            return super.reconcile(environment, context);
        } catch (RuntimeException e) {
            if (!isUnused(plan) || !Refusals.isFinal(e)) {
                throw e;
            }
            var refusal = Refusals.blocker(component, e);
            PlanContext.add(context, Blocker.partial(component, refusal.reason(), refusal.message()));
            return keep(plan, environment, context);
        }
    }

    private ReconcileResult<R> keep(
            EnvironmentPlan plan, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var existing = getSecondaryResources(environment, context).values();
        existing.stream()
                .filter(object -> servesForeignHost(object, plan))
                .forEach(object -> handleDelete(environment, object, context));
        return ReconcileResult.aggregatedResult(
                existing.stream().map(ReconcileResult::noOperation).toList());
    }

    @Override
    public Map<String, R> desiredResources(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        return byName(planned(PlanContext.plan(context), context));
    }

    @Override
    public Map<String, R> getSecondaryResources(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        return eventSource()
                .map(source -> source.getSecondaryResources(environment))
                .map(objects -> byName(objects.stream()
                        .filter(object -> owns(object, environment))
                        .toList()))
                .orElse(Map.of());
    }

    /** In the order of the objects, in which the SDK applies them. */
    private Map<String, R> byName(List<R> objects) {
        var byName = new LinkedHashMap<String, R>();
        objects.forEach(object -> byName.put(object.getMetadata().getName(), object));
        return byName;
    }

    @Override
    public R create(R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        try {
            return super.create(desired, environment, context);
        } catch (KubernetesClientException e) {
            var existing = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? context.getClient().resource(desired).get()
                    : null;
            if (existing == null) {
                throw e;
            }
            if (!isOurs(existing, environment)) {
                throw new ForeignObjectException(desired, e);
            }
            desired.getMetadata().setResourceVersion(null);
            return match(existing, desired, environment, context).matched()
                    ? existing
                    : update(existing, desired, environment, context);
        }
    }

    /**
     * Whether this resource manages an object that the informer does not show: somebody removed its labels, or a
     * request whose response was lost has just created it.
     */
    protected boolean isOurs(R object, RecordSpongeEnvironment environment) {
        return object.getOwnerReferenceFor(environment).isPresent();
    }

    @Override
    public R update(
            R actual, R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        return ownsContent()
                ? new PutBack<>(desired, environment, context)
                        .update(actual, before -> apply(before, desired, environment, context))
                : apply(actual, desired, environment, context);
    }

    /**
     * Server-side apply merges lists by key: an entry whose key somebody edited would remain beside ours. If the API
     * server refuses the result, a merge patch first restores the lists as a whole.
     */
    private R apply(
            R actual, R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        try {
            return super.update(actual, desired, environment, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != Edits.UNPROCESSABLE_ENTITY) {
                throw e;
            }
            context.getClient().resource(desired).patch(PatchContext.of(PatchType.JSON_MERGE), desired);
            return super.update(actual, desired, environment, context);
        }
    }

    @Override
    public void deleteTargetResource(
            RecordSpongeEnvironment environment, R object, String name, Context<RecordSpongeEnvironment> context) {
        handleDelete(environment, object, context);
        PlanContext.putBacks(context).forget(environment, object);
    }

    @Override
    public Matcher.Result<R> match(
            R actual, R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var result = super.match(actual, desired, environment, context);
        if (!ownsContent()) {
            return result;
        }
        return new PutBack<>(desired, environment, context).match(actual, result.matched(), component);
    }

    @Override
    protected void addReferenceHandlingMetadata(R desired, RecordSpongeEnvironment environment) {
        super.addReferenceHandlingMetadata(desired, environment);
        if (blocksOwnerDeletion()) {
            desired.getMetadata().getOwnerReferences().forEach(owner -> owner.setBlockOwnerDeletion(true));
        }
    }

    @Override
    protected boolean useSSA(Context<RecordSpongeEnvironment> context) {
        return true;
    }

    /** Built here, since the SDK would reset the label selector to that of an annotation, which does not exist. */
    @Override
    protected InformerEventSource<R, RecordSpongeEnvironment> createEventSource(
            EventSourceContext<RecordSpongeEnvironment> context) {
        var source = new IdempotentInformerEventSource<>(
                InformerEventSourceConfiguration.from(resourceType(), RecordSpongeEnvironment.class)
                        .withName(name())
                        .withLabelSelector(Labels.MANAGED_SELECTOR)
                        .withSecondaryToPrimaryMapper(this)
                        .build(),
                context);
        setEventSource(source);
        return source;
    }

    @Override
    public Set<ResourceID> toPrimaryResourceIDs(R object) {
        return PlanContext.environmentOf(object);
    }
}
