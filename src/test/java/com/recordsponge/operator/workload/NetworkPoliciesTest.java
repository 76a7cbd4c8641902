package com.recordsponge.operator.workload;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.EnvironmentPlan;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases of the NetworkPolicy that the golden files, all with one database at an IPv4 address, do not show. */
class NetworkPoliciesTest {

    private static final List<NetworkPolicyEgressRule> NONE = List.of();

    private static NetworkPolicy policy(EnvironmentPlan plan, List<NetworkPolicyEgressRule> former) {
        return NetworkPolicies.policy(plan, former).orElseThrow();
    }

    private static EnvironmentPlan plan(String... addresses) {
        return environment().withDatabase().databaseAt(addresses).plan();
    }

    /** The destinations of the database rules, each as an IP block and a port. */
    private static List<String> databases(NetworkPolicy policy) {
        return NetworkPolicies.databaseRules(policy).stream()
                .flatMap(rule -> rule.getTo().stream()
                        .map(peer -> peer.getIpBlock().getCidr() + " "
                                + rule.getPorts().getFirst().getPort().getIntVal()))
                .toList();
    }

    @Test
    void theOperatorCreatesNoPolicyIfDisabled() {
        assertThat(NetworkPolicies.policy(environment().withoutNetworkPolicy().plan(), NONE))
                .isEmpty();
    }

    @Test
    void podsReachOnlyTheAddressesOfTheDatabase() {
        assertThat(databases(policy(plan("192.0.2.5", "192.0.2.6", "2001:db8::1"), NONE)))
                .containsExactly("192.0.2.5/32 5432", "192.0.2.6/32 5432", "2001:db8::1/128 5432");
    }

    /** A rule without destinations allows every destination. */
    @Test
    void withoutAddressesThereIsNoDatabaseRule() {
        assertThat(policy(environment().plan(), NONE).getSpec().getEgress())
                .hasSize(2)
                .noneMatch(rule -> rule.getTo().isEmpty());
        assertThat(policy(plan(), NONE).getSpec().getEgress()).hasSize(2);
    }

    @Test
    void thePolicyKeepsTheFormerDatabaseOnce() {
        var before = policy(plan("192.0.2.5"), NONE);
        var during = policy(plan("192.0.2.7"), NetworkPolicies.databaseRules(before));
        assertThat(databases(during)).containsExactly("192.0.2.7/32 5432", "192.0.2.5/32 5432");
        assertThat(policy(plan("192.0.2.7"), NetworkPolicies.databaseRules(during)))
                .isEqualTo(during);
    }

    /** Otherwise an edit during a rollout would keep the policy open until the rollout ends. */
    @Test
    void editedDatabaseRulesAreNotKept() {
        var edited = new NetworkPolicy();
        edited.setSpec(Serialization.unmarshal("""
                egress:
                - {}
                - ports: [{port: 5432, protocol: TCP}]
                - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
                  ports: [{port: 5432, protocol: TCP}]
                - to: [{ipBlock: {cidr: 192.0.2.5/32}}]
                - to: [{ipBlock: {cidr: 192.0.2.5/32}}, {namespaceSelector: {}}]
                  ports: [{port: 5432, protocol: TCP}]
                - to: [{ipBlock: {cidr: "2001:db8::/32"}}]
                  ports: [{port: 5432, protocol: TCP}]
                """, NetworkPolicySpec.class));
        assertThat(NetworkPolicies.databaseRules(edited)).isEmpty();
    }
}
