package com.recordsponge.operator.dev;

import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.plan.PodGroup;
import com.recordsponge.operator.workload.PolicyRules;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Builds the NetworkPolicies of the parts. That of the back end adds to the policy of the application's pods; PostgreSQL
 * connects to nothing, and node only to DNS, the package registry and the back end.
 */
final class PartPolicies {

    private static final Map<String, String> OPERATOR = Map.of("app.kubernetes.io/name", Labels.MANAGER);

    private PartPolicies() {}

    /**
     * Who connects to the pods from outside the environment.
     *
     * @param operatorNamespace empty where the operator does not know its own: then its pods of every namespace
     */
    record Callers(PodGroup ingressController, Optional<String> operatorNamespace) {}

    static List<NetworkPolicy> policies(EnvironmentPlan plan) {
        return plan.find(DevPlan.class).stream()
                .flatMap(dev -> dev.callers().stream().flatMap(callers -> policies(plan, dev, callers).stream()))
                .toList();
    }

    static List<String> names(String environment) {
        return List.of(
                PartServices.backend(environment), FrontendPods.name(environment), PostgresPods.name(environment));
    }

    private static List<NetworkPolicy> policies(EnvironmentPlan plan, DevPlan dev, Callers callers) {
        var application = Labels.selector(plan.name());
        var node = Labels.selectorOfPart(plan.name(), FrontendPods.PART);
        var server = Labels.selectorOfPart(plan.name(), PostgresPods.PART);
        var policies = new ArrayList<NetworkPolicy>();
        var fromOutside = ingress(operator(callers), reportPorts(dev));
        var toServer = PolicyRules.egress(List.of(pods(server)), port(PostgresPods.PORT));
        policies.add(policy(
                plan,
                PartServices.backend(plan.name()),
                application,
                dev.frontend().isPresent()
                        ? List.of(fromOutside, ingress(pods(node), List.of(port(PartServices.BACKEND_PORT))))
                        : List.of(fromOutside),
                dev.postgres().isPresent() || dev.connected() ? List.of(toServer) : List.of()));
        dev.frontend()
                .ifPresent(_ -> policies.add(policy(
                        plan,
                        FrontendPods.name(plan.name()),
                        node,
                        List.of(
                                fromOutside,
                                ingress(
                                        PolicyRules.peer(callers.ingressController()),
                                        List.of(port(FrontendPods.PORT)))),
                        List.of(
                                PolicyRules.toDns(),
                                PolicyRules.toHttps(),
                                PolicyRules.egress(List.of(pods(application)), port(PartServices.BACKEND_PORT))))));
        dev.postgres()
                .ifPresent(_ -> policies.add(policy(
                        plan,
                        PostgresPods.name(plan.name()),
                        server,
                        List.of(new NetworkPolicyIngressRuleBuilder()
                                .withFrom(pods(application), operator(callers))
                                .withPorts(port(PostgresPods.PORT))
                                .build()),
                        List.of())));
        return policies;
    }

    private static NetworkPolicy policy(
            EnvironmentPlan plan,
            String name,
            Map<String, String> pods,
            List<NetworkPolicyIngressRule> ingress,
            List<NetworkPolicyEgressRule> egress) {
        return new NetworkPolicyBuilder()
                .withMetadata(plan.metadata(name))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(pods)
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress)
                .withEgress(egress)
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyPort> reportPorts(DevPlan dev) {
        return IntStream.rangeClosed(0, dev.watchers().size())
                .mapToObj(offset -> port(Supervisor.REPORT_PORT + offset))
                .toList();
    }

    private static NetworkPolicyIngressRule ingress(NetworkPolicyPeer from, List<NetworkPolicyPort> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(ports)
                .build();
    }

    private static NetworkPolicyPeer operator(Callers callers) {
        return callers.operatorNamespace()
                .map(namespace -> PolicyRules.peer(new PodGroup(namespace, OPERATOR)))
                .orElseGet(() -> new NetworkPolicyPeerBuilder(pods(OPERATOR))
                        .withNamespaceSelector(new LabelSelectorBuilder().build())
                        .build());
    }

    /** Pods of the environment's namespace. */
    private static NetworkPolicyPeer pods(Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(labels)
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPort port(int number) {
        return PolicyRules.port("TCP", number);
    }
}
