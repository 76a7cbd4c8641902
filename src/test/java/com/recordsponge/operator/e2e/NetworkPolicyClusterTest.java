package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the policies in the cluster mean. This cluster enforces none, so a simulator says what one that does would do. */
class NetworkPolicyClusterTest extends ClusterTest {

    private static final String DATABASE_NAME = "policy-database-" + TestCluster.RUN;

    private final TestEnvironment site = environment("policy");
    private final TestEnvironment named = environment("policy-named");
    private final TestEnvironment bare = environment("policy-bare");

    private List<Traffic> table;
    private Map<Traffic, Boolean> verdicts;

    @BeforeAll
    void applyTheEnvironments() throws IOException {
        nameOfTheDatabase().create();
        site.applyStaging(database(site).yaml());
        named.applyStaging(database(named)
                        .yaml()
                        .replace(cluster.databaseHost(), DATABASE_NAME + "." + cluster.namespace() + ".svc")
                + "suspend: true\n");
        bare.applyStaging("suspend: true\n");
        site.awaitReady();
        List.of(named, bare)
                .forEach(environment -> eventually(() -> assertThat(environment
                                .child(NetworkPolicy.class, environment.name())
                                .get())
                        .isNotNull()));
        table = new TrafficTable(cluster).rows(site, named, bare);
        verdicts = Cyclonus.underThePoliciesOf(cluster, table);
    }

    @AfterAll
    void removeTheName() {
        nameOfTheDatabase().delete();
    }

    List<Traffic> table() {
        return table;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void trafficIsAllowedAsTheTableSays(Traffic traffic) {
        assertThat(verdicts.get(traffic)).as("whether %s", traffic.sentence()).isEqualTo(traffic.allowed());
    }

    /** That is: what the table denies is denied by the policies, and by nothing else. */
    @Test
    void withoutThePoliciesAllOfItIsAllowed() throws IOException {
        assertThat(Cyclonus.withoutPolicies(cluster, table))
                .allSatisfy((_, allowed) -> assertThat(allowed).isTrue());
    }

    @Test
    void theCheckForARealClusterFindsThatThisOneEnforcesNothing() {
        assertThatIOException()
                .isThrownBy(() -> check(site.name()))
                .withMessageContaining("failed with code 1")
                .withMessageContaining("ok     allowed  allowed  from the ingress controller to the site, port 5000")
                .withMessageContaining("ok     allowed  allowed  from the site to its database")
                .withMessageContaining(
                        "WRONG  denied   allowed  from a pod of the same namespace to the site, port 5000")
                .withMessageContaining("this cluster accepts NetworkPolicies and does not enforce them");
        assertThat(cluster.kubectl("get", "pods", "-A", "-l", "recordsponge.com/check", "-o", "name"))
                .as("pods that the check left behind")
                .isEmpty();
    }

    @Test
    void theCheckForARealClusterNamesAnEnvironmentThatIsNotThere() {
        assertThatIOException()
                .isThrownBy(() -> check("nobodys"))
                .withMessageContaining("failed with code 2")
                .withMessageContaining("there is no environment nobodys in namespace " + cluster.namespace());
    }

    /** Runs the script; all that it prints is its standard output. */
    private void check(String environment) throws IOException {
        Command.run(
                cluster.kubectlEnvironment(),
                "bash",
                "-c",
                "deploy/k3s/check-network-policy.sh %s %s 2>&1".formatted(cluster.namespace(), environment));
    }

    /** A name in the cluster's DNS for the server's address. */
    private NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> nameOfTheDatabase() {
        return cluster.client().resourceList("""
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: %2$s}
        spec: {clusterIP: None, ports: [{port: 5432}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %1$s, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
        addressType: IPv4
        ports: [{port: 5432}]
        endpoints: [{addresses: [%3$s]}]
        """.formatted(DATABASE_NAME, cluster.namespace(), cluster.databaseHost()));
    }
}
