package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.OwnOperator;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An environment waits for a host of another namespace while that environment is replaced. */
@QuarkusTest
@TestProfile(HostGraceApiTest.Grace.class)
class HostGraceApiTest extends ApiTest {

    /** With a grace period that is longer than this test. */
    public static final class Grace extends OwnOperator {

        public Grace() {
            super(Map.of(OperatorResource.HOST_GRACE, "PT10M", OperatorResource.NAMESPACE, "grace-system"));
        }
    }

    private static final String HOST = "replaced.example.org";

    private static String spec(String host) {
        return """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: %s
        """.formatted(host);
    }

    private String routeMessage(String name) {
        return condition(name, "RouteReady").orElseThrow().getMessage();
    }

    /** Nothing else does, in the test's API server. */
    private void collectGarbage(String namespace) {
        Stream.of(Ingress.class, Service.class, Deployment.class, NetworkPolicy.class)
                .forEach(type -> client().resources(type)
                        .inNamespace(namespace)
                        .withLabels(Labels.of("prod"))
                        .delete());
    }

    /** As kubectl replace --force does with production, while an older environment of another namespace waits. */
    @Test
    void aReplacedEnvironmentGetsItsHostBack() {
        var prod = namespace;
        var dev = SERVER.namespace("other-" + Long.toString(System.nanoTime(), 36));
        namespace = dev;
        apply("waiting", spec("waiting.example.org"));
        namespace = prod;
        apply("prod", spec(HOST));
        admit("prod");
        namespace = dev;
        apply("waiting", spec(HOST));
        eventually(() -> assertThat(environment("waiting").getStatus().waitingHosts())
                .containsExactly(new WaitingHost(HOST, prod + "/prod", null)));

        namespace = prod;
        client().resource(environment("prod")).delete();
        collectGarbage(prod);
        namespace = dev;
        eventually(() -> assertThat(routeMessage("waiting"))
                .contains("Environment %s/prod used host %s until".formatted(prod, HOST)));
        namespace = prod;
        apply("prod", spec(HOST));
        admit("prod");

        eventually(() -> assertThat(environment("prod").getStatus().hosts()).containsExactly(HOST));
        namespace = dev;
        eventually(() -> assertThat(routeMessage("waiting"))
                .contains("is already used by environment %s/prod".formatted(prod), "after a grace period"));
        assertThat(client().resources(Ingress.class).inNamespace(dev).list().getItems())
                .flatExtracting(ingress -> ingress.getSpec().getRules())
                .extracting(rule -> rule.getHost())
                .doesNotContain(HOST);
    }
}
