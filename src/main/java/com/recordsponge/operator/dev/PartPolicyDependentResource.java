package com.recordsponge.operator.dev;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** The NetworkPolicies of the parts. */
public class PartPolicyDependentResource extends PartDependentResource<NetworkPolicy> {

    public PartPolicyDependentResource() {
        super(NetworkPolicy.class, PartPolicies::policies, PartPolicies::names);
    }
}
