package com.recordsponge.operator.workload;

import com.recordsponge.operator.plan.PodGroup;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.List;
import java.util.Map;

/** Builds what the rules of NetworkPolicies consist of. */
public final class PolicyRules {

    /** CoreDNS in k3s has this label, as DNS in most clusters does. */
    private static final PodGroup DNS = new PodGroup("kube-system", Map.of("k8s-app", "kube-dns"));

    private PolicyRules() {}

    /** Connections to the cluster's DNS. */
    public static NetworkPolicyEgressRule toDns() {
        return egress(List.of(peer(DNS)), port("UDP", 53), port("TCP", 53));
    }

    /** Connections to port 443 of any address. */
    public static NetworkPolicyEgressRule toHttps() {
        return egress(List.of(block("0.0.0.0/0"), block("::/0")), port("TCP", 443));
    }

    public static NetworkPolicyEgressRule egress(List<NetworkPolicyPeer> to, NetworkPolicyPort... ports) {
        return new NetworkPolicyEgressRuleBuilder().withTo(to).withPorts(ports).build();
    }

    public static NetworkPolicyPeer peer(PodGroup pods) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("kubernetes.io/metadata.name", pods.namespace()))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(pods.labels())
                .endPodSelector()
                .build();
    }

    /** @param cidr such as {@code 192.0.2.1/32} */
    public static NetworkPolicyPeer block(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }

    /** Sets every field: the API server would default missing ones in a list, and the policy would never match. */
    public static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }
}
