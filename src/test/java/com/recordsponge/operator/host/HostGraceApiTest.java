package com.recordsponge.operator.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.WaitingHost;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.OwnOperator;
import com.recordsponge.operator.support.TestControllers;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static TestControllers controllers;

    @BeforeAll
    static void startControllers() throws IOException {
        controllers = new TestControllers(SERVER, "garbage-collector-controller");
    }

    @AfterAll
    static void stopControllers() {
        controllers.close();
    }

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
