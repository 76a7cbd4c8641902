package com.recordsponge.operator.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What was seen outside the environment's own children when a plan was made.
 *
 * @param data decoded data of the Secrets and ConfigMaps that the environment names; one that does not exist is absent
 * @param capabilities what the cluster offers
 * @param ingressPods the ingress controller's pods; empty where the operator is set to make no NetworkPolicies
 * @param taken names that another environment has, each with that environment as namespace/name
 */
public record PlanInput(
        Map<Reference, Map<String, byte[]>> data,
        Capabilities capabilities,
        Optional<PodGroup> ingressPods,
        Map<String, String> taken) {

    /** The data of one, if it exists. */
    public Optional<Map<String, byte[]>> of(Reference reference) {
        return Optional.ofNullable(data.get(reference));
    }
}
