package com.recordsponge.operator.dev;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parts of a developer's environment can reach, and what can reach them. */
class PartPoliciesTest {

    private static NetworkPolicy policy(String part) {
        return PartPolicies.policies(environment().development().plan()).stream()
                .filter(policy -> policy.getMetadata().getName().equals("staging-" + part))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> numbers(List<NetworkPolicyPort> ports) {
        return ports.stream().map(port -> port.getPort().getIntVal()).toList();
    }

    @Test
    void postgresConnectsToNothing() {
        assertThat(policy("postgres").getSpec().getEgress()).isEmpty();
        assertThat(policy("postgres").getSpec().getPolicyTypes()).contains("Egress");
    }

    @Test
    void onlyTheApplicationAndTheOperatorConnectToPostgres() {
        assertThat(policy("postgres").getSpec().getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom()).hasSize(2).noneMatch(peer -> peer.getPodSelector() == null);
            assertThat(numbers(rule.getPorts())).containsExactly(5432);
        });
    }

    @Test
    void nodeReachesDnsThePackageRegistryAndTheBackEnd() {
        assertThat(policy("frontend").getSpec().getEgress())
                .extracting(rule -> numbers(rule.getPorts()))
                .containsExactly(List.of(53, 53), List.of(443), List.of(5000));
    }

    @Test
    void theOperatorReachesTheReportOfEverySupervisor() {
        assertThat(policy("backend").getSpec().getIngress().getFirst())
                .satisfies(rule -> assertThat(numbers(rule.getPorts())).containsExactly(9100, 9101, 9102));
    }

    @Test
    void aPartThatIsNotRequestedHasNoPolicy() {
        var plan = environment().development().with("dev", "{source: {claimName: tree}}");
        assertThat(PartPolicies.policies(plan.plan()))
                .extracting(policy -> policy.getMetadata().getName())
                .containsExactly("staging-backend");
    }

    @Test
    void anOperatorWithoutNetworkPoliciesCreatesNone() {
        assertThat(PartPolicies.policies(
                        environment().development().withoutNetworkPolicy().plan()))
                .isEmpty();
    }
}
