package com.recordsponge.operator.workload;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.dependent.PlanContext;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.SecretsInUse;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The NetworkPolicy of the application's pods. The Service of the database owns it too, and so outlives the pods. */
public class NetworkPolicyDependentResource extends PlannedDependentResource<NetworkPolicy> {

    public NetworkPolicyDependentResource() {
        super(NetworkPolicy.class, Component.WORKLOAD, "", _ -> List.of());
    }

    @Override
    protected List<NetworkPolicy> planned(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        if (!plan.pods().destinationsKnown() && existing(context).isEmpty()) {
            return List.of();
        }
        var policies = NetworkPolicies.policy(plan, formerRules(plan, context)).stream()
                .toList();
        databaseService(context).ifPresent(service -> policies.forEach(policy -> policy.addOwnerReference(service)));
        return policies;
    }

    @Override
    protected boolean blocksOwnerDeletion() {
        return true;
    }

    /** The newest Service of a server outside the cluster: the only Services without a selector. */
    private static Optional<Service> databaseService(Context<RecordSpongeEnvironment> context) {
        return PlanContext.owned(context)
                .all(Service.class)
                .filter(service -> service.getSpec().getSelector() == null
                        || service.getSpec().getSelector().isEmpty())
                .max(Comparator.comparing(service -> service.getMetadata().getCreationTimestamp()
                        + service.getMetadata().getName()));
    }

    /** Whatever is wrong, running pods need the policy and the newest addresses of their database. */
    @Override
    protected boolean waits(EnvironmentPlan plan) {
        return false;
    }

    private Collection<NetworkPolicy> existing(Context<RecordSpongeEnvironment> context) {
        return getSecondaryResources(context.getPrimaryResource(), context).values();
    }

    /**
     * Pods of an older spec serve until newer ones replace them, and must reach their database until then. So must pods
     * whose database's addresses are not known now.
     */
    private List<NetworkPolicyEgressRule> formerRules(EnvironmentPlan plan, Context<RecordSpongeEnvironment> context) {
        var owned = PlanContext.owned(context);
        var planned = Deployments.secrets(plan, SessionKeys.data(plan, owned));
        if (plan.pods().destinationsKnown()
                && SecretsInUse.of(plan.name(), owned).only(planned)) {
            return List.of();
        }
        return existing(context).stream()
                .flatMap(policy -> NetworkPolicies.databaseRules(policy).stream())
                .toList();
    }
}
