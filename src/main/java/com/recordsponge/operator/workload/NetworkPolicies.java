package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.IpAddresses;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.PodGroup;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the NetworkPolicy of the application's pods: requests only from the ingress controller, connections only to
 * the cluster's DNS, the database and port 443. k3s always admits the node itself, with its kubelet's probes.
 */
final class NetworkPolicies {

    /** CoreDNS in k3s has this label, as DNS in most clusters does. */
    private static final PodGroup DNS = new PodGroup("kube-system", Map.of("k8s-app", "kube-dns"));

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
                .withFrom(peer(ingressPods))
                .withPorts(port("TCP", WorkloadPlan.APPLICATION_PORT))
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
        rules.add(rule(List.of(peer(DNS)), port("UDP", 53), port("TCP", 53)));
        rules.add(rule(List.of(block("0.0.0.0/0"), block("::/0")), port("TCP", 443)));
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
                .map(destination -> rule(
                        destination.addresses().stream()
                                .map(NetworkPolicies::oneAddress)
                                .toList(),
                        port("TCP", destination.port())));
    }

    private static NetworkPolicyEgressRule rule(List<NetworkPolicyPeer> to, NetworkPolicyPort... ports) {
        return new NetworkPolicyEgressRuleBuilder().withTo(to).withPorts(ports).build();
    }

    private static NetworkPolicyPeer peer(PodGroup pods) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", pods.namespace()))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(pods.labels())
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPeer oneAddress(String address) {
        return block(address + (IpAddresses.isIpv6(address) ? "/128" : "/32"));
    }

    private static boolean isOneAddress(NetworkPolicyPeer peer) {
        return peer.getIpBlock() != null
                && peer.getIpBlock()
                        .getCidr()
                        .endsWith(IpAddresses.isIpv6(peer.getIpBlock().getCidr()) ? "/128" : "/32");
    }

    private static NetworkPolicyPeer block(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }

    /** Sets every field: the API server would default missing ones in a list, and the policy would never match. */
    private static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }
}
