package com.recordsponge.operator.environment;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.Refusals;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.OwnedObjects;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/**
 * Scales a suspended environment to zero although the API server refused one of its objects: the SDK then applies nothing
 * that depends on that object, and a Deployment depends on whatever its pods read. Pods that do not start need none of it.
 */
record ScaleDown(KubernetesClient client, String fieldManager) {

    private static final String NO_REPLICAS = "{\"spec\":{\"replicas\":0}}";

    /** Changes nothing but the number of pods; returns what the API server refused. */
    List<Blocker> apply(RecordSpongeEnvironment environment, EnvironmentPlan plan, OwnedObjects owned) {
        if (!plan.suspended() || plan.blocked(Component.WORKLOAD)) {
            return List.of();
        }
        return owned.all(Deployment.class)
                .filter(deployment ->
                        deployment.getOwnerReferenceFor(environment).isPresent())
                .filter(deployment ->
                        deployment.getMetadata().getName().equals(plan.name()) || Labels.areOfPart(deployment))
                .filter(deployment -> deployment.getSpec().getReplicas() > 0)
                .flatMap(deployment -> scale(deployment).stream())
                .toList();
    }

    private Optional<Blocker> scale(Deployment deployment) {
        var patch = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(fieldManager)
                .build();
        try {
            client.resource(deployment).patch(patch, NO_REPLICAS);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(Refusals.blocker(Component.WORKLOAD, e));
        }
    }
}
