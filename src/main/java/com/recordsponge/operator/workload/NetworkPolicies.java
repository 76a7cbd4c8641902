package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the NetworkPolicy of the application's pods: requests only from the ingress controller, connections only to
 * the cluster's DNS, the database and port 443. k3s always admits the node itself, with its kubelet's probes.
 */
final class NetworkPolicies {

    private NetworkPolicies() {}

    /**
     * The environment's policy; empty if the operator creates none.
     *
     * @param former rules for databases that pods of an older spec can still use
     */
    static Optional<NetworkPolicy> policy(EnvironmentPlan plan, List<NetworkPolicyEgressRule> former) {
        return plan.get(WorkloadPlan.class).ingressPods().map(ingressPods -> new NetworkPolicyBuilder()
                .withMetadata(plan.metadata(plan.name()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(plan.name()))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .withFrom(PolicyRules.peer(ingressPods))
                .withPorts(PolicyRules.port("TCP", WorkloadPlan.APPLICATION_PORT))
                .endIngress()
                .withEgress(egress(plan, former))
                .endSpec()
                .build());
    }

    /** The rules of a policy that let pods reach a database. */
    static List<NetworkPolicyEgressRule> databaseRules(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .filter(rule -> rule.getPorts().size() == 1
                        && !rule.getTo().isEmpty()
                        && rule.getTo().stream().allMatch(NetworkPolicies::isOneAddress))
                .toList();
    }

    private static List<NetworkPolicyEgressRule> egress(EnvironmentPlan plan, List<NetworkPolicyEgressRule> former) {
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        rules.add(PolicyRules.toDns());
        rules.add(PolicyRules.toHttps());
        Stream.concat(destinations(plan), former.stream()).distinct().forEach(rules::add);
        return rules;
    }

    /**
     * Policies apply to a connection after kube-proxy has translated a Service's address, so rules name the server's
     * own. A rule without addresses would allow all addresses.
     */
    private static Stream<NetworkPolicyEgressRule> destinations(EnvironmentPlan plan) {
        return plan.pods().destinations().stream()
                .filter(destination -> !destination.addresses().isEmpty())
                .map(destination -> PolicyRules.egress(
                        destination.addresses().stream()
                                .map(NetworkPolicies::oneAddress)
                                .toList(),
                        PolicyRules.port("TCP", destination.port())));
    }

    private static NetworkPolicyPeer oneAddress(String address) {
        return PolicyRules.block(address + (IpAddresses.isIpv6(address) ? "/128" : "/32"));
    }

    private static boolean isOneAddress(NetworkPolicyPeer peer) {
        return peer.getIpBlock() != null
                && peer.getIpBlock()
                        .getCidr()
                        .endsWith(IpAddresses.isIpv6(peer.getIpBlock().getCidr()) ? "/128" : "/32");
    }
}
