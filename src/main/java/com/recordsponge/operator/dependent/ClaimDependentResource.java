package com.recordsponge.operator.dependent;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.Claims;
import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Function;

/** Claims of a feature. They outlive the environment, and the API server allows few changes of existing ones. */
public abstract class ClaimDependentResource extends RetainedDependentResource<PersistentVolumeClaim> {

    private final Component component;
    private final String sizeField;

    /**
     * @param suffix what follows the environment's name in the claim's name; null if there are several
     * @param sizeField the field of the spec with the size
     */
    protected ClaimDependentResource(
            Component component,
            String suffix,
            String sizeField,
            Function<EnvironmentPlan, List<PersistentVolumeClaim>> builder) {
        super(PersistentVolumeClaim.class, component, suffix, builder);
        this.component = component;
        this.sizeField = sizeField;
    }

    /** Whether a claim needs none of the changes that Kubernetes still allows. */
    protected abstract boolean matches(PersistentVolumeClaim actual, PersistentVolumeClaim desired);

    /** The existing claim with the changes that Kubernetes allows. */
    protected abstract PersistentVolumeClaim changed(PersistentVolumeClaim actual, PersistentVolumeClaim desired);

    @Override
    public final Matcher.Result<PersistentVolumeClaim> match(
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        return Matcher.Result.computed(matches(actual, desired), desired);
    }

    /** Pods work with the volume as it is: a refused expansion blocks nothing else. */
    @Override
    public final PersistentVolumeClaim update(
            PersistentVolumeClaim actual,
            PersistentVolumeClaim desired,
            RecordSpongeEnvironment environment,
            Context<RecordSpongeEnvironment> context) {
        try {
            return super.update(actual, changed(actual, desired), environment, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || !Claims.grows(actual, desired)) {
                throw e;
            }
            PlanContext.add(
                    context,
                    Claims.expansionRefused(
                            component, sizeField, actual, desired, e.getStatus().getMessage()));
            return actual;
        }
    }
}
