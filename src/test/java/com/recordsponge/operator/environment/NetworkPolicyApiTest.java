package com.recordsponge.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The NetworkPolicy follows the database and never blocks the one that running pods use. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class NetworkPolicyApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      database: {host: %s, name: %s, credentialsSecretRef: {name: credentials}}
      """;

    @Test
    void noPodStartsWithoutANetworkPolicy() {
        client().resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("site")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .endSpec()
                        .build())
                .create();
        deploy("10.42.0.1", "unprotected");
        awaitCondition("site", "WorkloadAvailable", "False", "ConflictingObject");
        assertThat(child(Deployment.class, "site").get()).isNull();

        child(NetworkPolicy.class, "site").delete();
        eventually(() -> assertThat(child(Deployment.class, "site").get()).isNotNull());
        assertThat(databases()).containsExactly("10.42.0.1/32");
    }

    @Test
    void thePolicyFollowsTheDatabasesAddresses() {
        login.resolve("moved", "192.0.2.5");
        deploy("db.example.org", "moved");
        awaitDatabases("192.0.2.5/32");
        rollOut("site");
        var before = template("site");
        login.resolve("moved", "192.0.2.6", "2001:db8::1");
        credentials("credentials", "second");
        awaitDatabases("192.0.2.6/32", "2001:db8::1/128", "192.0.2.5/32");
        eventually(() -> assertThat(template("site")).isNotEqualTo(before));
        rollOut("site");
        awaitDatabases("192.0.2.6/32", "2001:db8::1/128");
    }

    @Test
    void aFailedLoginKeepsThePolicy() {
        login.resolve("failing", "192.0.2.5");
        deploy("db.example.org", "failing");
        awaitDatabases("192.0.2.5/32");
        var before = child(NetworkPolicy.class, "site").get();

        login.refuse("failing", Reason.DNS_FAILED);
        credentials("credentials", "second");
        awaitCondition("site", "DatabaseReady", "False", "DnsFailed");
        apply("site", SPEC.formatted("db.example.org", "failing") + "suspend: true\n");
        scaleToZero("site");
        awaitCondition("site", "Suspended", "True", "Suspended");
        assertThat(child(NetworkPolicy.class, "site").get()).isEqualTo(before);
    }

    @Test
    void aFailedLoginLeavesNoEditInThePolicy() {
        login.resolve("guarded", "192.0.2.5");
        deploy("db.example.org", "guarded");
        awaitDatabases("192.0.2.5/32");
        var before = child(NetworkPolicy.class, "site").get().getSpec();

        login.refuse("guarded", Reason.DNS_FAILED);
        credentials("credentials", "second");
        awaitCondition("site", "DatabaseReady", "False", "DnsFailed");
        openPolicy();
        eventually(() ->
                assertThat(child(NetworkPolicy.class, "site").get().getSpec()).isEqualTo(before));
        child(NetworkPolicy.class, "site").delete();
        awaitDatabases("192.0.2.5/32");
    }

    @Test
    void oldPodsReachTheirDatabaseDuringARollout() {
        login.resolve("changed", "192.0.2.5");
        deploy("old.example.org", "changed");
        awaitDatabases("192.0.2.5/32");
        rollOut("site");
        var pod = podOf("site");
        client().resource(pod).create();

        login.resolve("changed", "192.0.2.6");
        deploy("new.example.org", "changed");
        awaitDatabases("192.0.2.6/32", "192.0.2.5/32");
        eventually(() -> assertThat(template("site").getSpec()).isNotEqualTo(pod.getSpec()));
        rollOut("site");
        awaitDatabases("192.0.2.6/32", "192.0.2.5/32");

        client().resource(pod).withGracePeriod(0).delete();
        awaitDatabases("192.0.2.6/32");
    }

    @Test
    void theOperatorRevertsAnEditedPolicy() {
        deploy("192.0.2.5", "opened");
        awaitDatabases("192.0.2.5/32");
        var before = child(NetworkPolicy.class, "site").get().getSpec();
        openPolicy();
        eventually(() ->
                assertThat(child(NetworkPolicy.class, "site").get().getSpec()).isEqualTo(before));
    }

    private void openPolicy() {
        edit(child(NetworkPolicy.class, "site").get(), policy -> policy.edit()
                .editSpec()
                .addNewIngress()
                .endIngress()
                .addNewEgress()
                .endEgress()
                .endSpec()
                .build());
    }

    private void deploy(String host, String database) {
        credentials("credentials", "first");
        apply("site", SPEC.formatted(host, database));
    }

    private void awaitDatabases(String... blocks) {
        eventually(() -> assertThat(databases()).containsExactly(blocks));
    }

    /** The IP blocks of the database rules, which follow the rules for DNS and HTTPS. */
    private List<String> databases() {
        var policy = child(NetworkPolicy.class, "site").get();
        return policy == null
                ? List.of()
                : policy.getSpec().getEgress().stream()
                        .skip(2)
                        .flatMap(rule -> rule.getTo().stream())
                        .map(peer -> peer.getIpBlock().getCidr())
                        .toList();
    }
}
