package com.recordsponge.operator.faults;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static com.recordsponge.operator.support.OperatorResource.RELEASE_NAMESPACE;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.TestApiServer;
import com.recordsponge.operator.support.TestControllers;
import com.recordsponge.operator.support.TestPostgres;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;

/**
 * A real API server with the controllers that make pods of Deployments and collect garbage, a real PostgreSQL, and
 * stand-ins for the rest. Nothing of it is disturbed: only the operator's requests go through a proxy.
 */
final class ControlPlane {

    private static ControlPlane running;

    private final TestApiServer server = TestApiServer.another();
    private final TestPostgres postgres = new TestPostgres();
    private Baseline undisturbed;

    private ControlPlane() throws IOException {
        server.installEnvironments();
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
        var neighbours = new ControllerStubs(server.client());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            neighbours.close();
            controllers.close();
            postgres.close();
        }));
    }

    /** The one of this run. */
    static synchronized ControlPlane get() throws IOException {
        if (running == null) {
            running = new ControlPlane();
        }
        return running;
    }

    /** What there is to compare with. */
    synchronized Baseline undisturbed() throws IOException {
        if (undisturbed == null) {
            undisturbed = new Baseline(this);
        }
        return undisturbed;
    }

    /** Access as the operator's service account. */
    Config operatorAccess() {
        return server.access(RELEASE_NAMESPACE, RELEASE);
    }

    /** With every right. */
    KubernetesClient client() {
        return server.client();
    }

    TestPostgres postgres() {
        return postgres;
    }

    /** A new environment, not created yet, in a namespace of its own. */
    FullEnvironment environment(String namespace) {
        return new FullEnvironment(this, server.namespace(namespace));
    }
}
