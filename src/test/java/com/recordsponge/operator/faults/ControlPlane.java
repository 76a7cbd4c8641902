package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static com.recordsponge.operator.support.OperatorResource.RELEASE_NAMESPACE;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.StubIngressController;
import com.recordsponge.operator.support.TestApiServer;
import com.recordsponge.operator.support.TestControllers;
import com.recordsponge.operator.support.TestPostgres;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;

/**
 * A real API server with the controllers that create pods for Deployments and collect garbage, a real PostgreSQL, and
 * stubs of the other controllers. None of them sees faults: only the operator's requests pass through a proxy.
 */
final class ControlPlane {

    private static ControlPlane running;

    private final TestApiServer server = TestApiServer.another();
    private final TestPostgres postgres = new TestPostgres();
    private final StubIngressController ingressController;
    private Baseline baseline;

    private ControlPlane() throws IOException {
        server.installOperatorCrd();
        server.installTraefik();
        server.installCertManager();
        server.namespace(RELEASE_NAMESPACE);
        Chart.apply(server, RELEASE, RELEASE_NAMESPACE, "--set", "clusterWide=true");
        var controllers = new TestControllers(
                server,
                "garbage-collector-controller",
                "deployment-controller",
                "replicaset-controller",
                "disruption-controller");
        var stubs = new ControllerStubs(server.client());
        ingressController = new StubIngressController(server.client());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stubs.close();
            ingressController.close();
            controllers.close();
            postgres.close();
        }));
    }

    /** The control plane of this test run. */
    static synchronized ControlPlane get() throws IOException {
        if (running == null) {
            running = new ControlPlane();
        }
        return running;
    }

    /** The environments without faults, to compare with. */
    synchronized Baseline baseline() throws IOException {
        if (baseline == null) {
            baseline = new Baseline(this);
        }
        return baseline;
    }

    /** Access as the operator's service account. */
    Config operatorAccess() {
        return server.access(RELEASE_NAMESPACE, RELEASE);
    }

    /** A client with all permissions. */
    KubernetesClient client() {
        return server.client();
    }

    /** The setting of an operator that asks the sites. */
    Map<String, String> ingressController() {
        return ingressController.setting();
    }

    TestPostgres postgres() {
        return postgres;
    }

    /** A new environment in its own namespace, not created yet. */
    FullEnvironment environment(String namespace) {
        return new FullEnvironment(this, server.namespace(namespace));
    }
}
