package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.recordsponge.operator.support.Command;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluates the policies with a simulator, because the test cluster does not enforce NetworkPolicies. */
class NetworkPolicyClusterTest extends ClusterTest {

    private static final String DATABASE_NAME = "policy-database-" + TestCluster.RUN;

    private final TestEnvironment site = environment("policy");
    private final TestEnvironment named = environment("policy-named");
    private final TestEnvironment bare = environment("policy-bare");

    private List<Traffic> traffic;
    private Map<Traffic, Boolean> verdicts;

    @BeforeAll
    void applyTheEnvironments() throws IOException {
        cluster.databaseName(DATABASE_NAME, cluster.namespace()).create();
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
        traffic = new ExpectedTraffic(cluster).of(site, named, bare);
        verdicts = Cyclonus.withPoliciesOf(cluster, traffic);
    }

    @AfterAll
    void deleteDatabaseName() {
        cluster.databaseName(DATABASE_NAME, cluster.namespace()).delete();
    }

    List<Traffic> traffic() {
        return traffic;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traffic")
    void policiesAllowOnlyTheExpectedTraffic(Traffic connection) {
        assertThat(verdicts.get(connection))
                .as("allowed: %s", connection.description())
                .isEqualTo(connection.allowed());
    }

    /** Shows that only the policies deny traffic. */
    @Test
    void allTrafficIsAllowedWithoutPolicies() throws IOException {
        assertThat(Cyclonus.withoutPolicies(cluster, traffic))
                .allSatisfy((_, allowed) -> assertThat(allowed).isTrue());
    }

    @Test
    void checkScriptReportsAClusterWithoutEnforcement() {
        assertThatIOException()
                .isThrownBy(() -> check(site.name()))
                .withMessageContaining("failed with code 1")
                .withMessageContaining("ok     allowed  allowed  from the ingress controller to the site, port 5000")
                .withMessageContaining("ok     allowed  allowed  from the site to its database")
                .withMessageContaining(
                        "WRONG  denied   allowed  from a pod of the same namespace to the site, port 5000")
                .withMessageContaining("this cluster accepts NetworkPolicies and does not enforce them");
        assertThat(cluster.kubectl("get", "pods", "-A", "-l", "recordsponge.com/check", "-o", "name"))
                .as("pods left by the check")
                .isEmpty();
    }

    @Test
    void checkScriptNamesAMissingEnvironment() {
        assertThatIOException()
                .isThrownBy(() -> check("nobodys"))
                .withMessageContaining("failed with code 2")
                .withMessageContaining("there is no environment nobodys in namespace " + cluster.namespace());
    }

    /** Runs the script, with its errors in the output. */
    private void check(String environment) throws IOException {
        Command.run(
                cluster.kubectlEnvironment(),
                "bash",
                "-c",
                "deploy/k3s/check-network-policy.sh %s %s 2>&1".formatted(cluster.namespace(), environment));
    }
}
