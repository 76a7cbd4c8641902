package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The objects of one kind that an environment's plan asks for: made, kept and, when no longer asked for, removed; with
 * the environment itself they go by garbage collection. A step that the plan blocks leaves its objects as they are.
 */
public abstract class PlannedDependentResource<R extends HasMetadata>
        extends KubernetesDependentResource<R, RecordSpongeEnvironment>
        implements BulkDependentResource<R, RecordSpongeEnvironment, String>,
                Creator<R, RecordSpongeEnvironment>,
                BulkUpdater<R, RecordSpongeEnvironment>,
                GarbageCollected<RecordSpongeEnvironment>,
                SecondaryToPrimaryMapper<R> {

    private static final int UNPROCESSABLE_ENTITY = 422;

    private final Component step;
    private final String suffix;

    /** All objects of the kind. */
    protected PlannedDependentResource(Class<R> type, Component step) {
        this(type, step, null);
    }

    /**
     * Only the object that is named after its environment, so that several dependents of one kind keep off each other's.
     *
     * @param suffix what follows the environment's name in the object's; may be empty
     */
    protected PlannedDependentResource(Class<R> type, Component step, String suffix) {
        super(type);
        this.step = step;
        this.suffix = suffix;
    }

    /** The objects that the plan asks for. */
    protected abstract List<R> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context);

    /**
     * Whether an object is one of these. A label alone does not make it so: Kubernetes copies a Service's labels to its
     * EndpointSlices.
     */
    protected boolean owns(R object, RecordSpongeEnvironment environment) {
        return object.getOwnerReferenceFor(environment).isPresent() && isNamed(object, environment);
    }

    /** Whether an object has the name, if these have one. */
    protected final boolean isNamed(R object, RecordSpongeEnvironment environment) {
        return suffix == null
                || object.getMetadata()
                        .getName()
                        .equals(environment.getMetadata().getName() + suffix);
    }

    /** Whether these objects must stay as they are, or stay away. */
    protected boolean waits(EnvironmentPlan plan) {
        return plan.blocked(step);
    }

    /** Whether an object serves what another environment has, and must go even while its step is blocked. */
    protected boolean trespasses(R object, EnvironmentPlan plan) {
        return false;
    }

    /** The step to which a failure of these objects belongs. */
    public final Component step() {
        return step;
    }

    @Override
    public ReconcileResult<R> reconcile(RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        var plan = PlanContext.of(context);
        if (!waits(plan)) {
            return super.reconcile(environment, context);
        }
        var standing = getSecondaryResources(environment, context).values();
        standing.stream()
                .filter(object -> trespasses(object, plan))
                .forEach(object -> handleDelete(environment, object, context));
        return ReconcileResult.aggregatedResult(
                standing.stream().map(ReconcileResult::noOperation).toList());
    }

    @Override
    public Map<String, R> desiredResources(
            RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        return byName(planned(PlanContext.of(context), context));
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

    private Map<String, R> byName(List<R> objects) {
        return objects.stream()
                .collect(Collectors.toMap(object -> object.getMetadata().getName(), Function.identity()));
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
     * Whether an object that the informer does not show is one of these. Its labels may have been removed, or it was made
     * a moment ago by a request whose answer was lost.
     */
    protected boolean isOurs(R object, RecordSpongeEnvironment environment) {
        return object.getOwnerReferenceFor(environment).isPresent();
    }

    /**
     * Server-side apply merges lists by key, so that an entry whose key somebody has edited would stay beside ours; where
     * the API server refuses the sum, the lists are first put back as a whole.
     */
    @Override
    public R update(
            R actual, R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        try {
            return super.update(actual, desired, environment, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE_ENTITY) {
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
    }

    @Override
    public Matcher.Result<R> match(
            R actual, R desired, RecordSpongeEnvironment environment, Context<RecordSpongeEnvironment> context) {
        return super.match(actual, desired, environment, context);
    }

    @Override
    protected boolean useSSA(Context<RecordSpongeEnvironment> context) {
        return true;
    }

    /** Built here because the SDK would reset the label selector to that of an annotation, which there is not. */
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
