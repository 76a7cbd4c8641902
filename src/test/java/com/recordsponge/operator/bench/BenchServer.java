package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static com.recordsponge.operator.support.OperatorResource.RELEASE_NAMESPACE;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** kube-apiserver and etcd with what the operator's chart installs, and no other controllers. */
final class BenchServer {

    static final String WATCHED = "watched";
    static final String STARTING = "starting";
    static final String UNWATCHED = "unwatched";

    private final TestApiServer server = TestApiServer.another();
    private final Path log =
            Files.createTempFile(Path.of("target"), "bench-operator", ".log").toAbsolutePath();

    BenchServer() throws IOException {
        server.installOperatorCrd();
        server.installTraefik();
        server.installCertManager();
        addServiceAddresses();
        server.namespace(WATCHED);
        server.namespace(STARTING);
        server.namespace(UNWATCHED);
        server.namespace(RELEASE_NAMESPACE);
        Chart.apply(
                server, RELEASE, RELEASE_NAMESPACE, "--set", "watchNamespaces={%s,%s}".formatted(WATCHED, STARTING));
    }

    /** Adds a range, as that of kube-api-test is too small. */
    private void addServiceAddresses() {
        client().resource(new ServiceCIDRBuilder()
                        .withNewMetadata()
                        .withName("bench")
                        .endMetadata()
                        .withNewSpec()
                        .withCidrs("10.96.0.0/16")
                        .endSpec()
                        .build())
                .create();
    }

    KubernetesClient client() {
        return server.client();
    }

    /** The operator's requests from now on. */
    RequestLog requests() {
        return new RequestLog(server.audit());
    }

    OperatorProcess startOperator(String namespace) throws IOException {
        return OperatorProcess.start(
                server.access(RELEASE_NAMESPACE, RELEASE),
                namespace,
                FreePort.find(),
                Map.of("RECORDSPONGE_LEADER_ELECTION_NAMESPACE", RELEASE_NAMESPACE),
                log);
    }

    /** Creates Secrets that no environment references, in the watched namespace. */
    void addForeignSecrets(int count, int bytes) throws InterruptedException {
        var value = "x".repeat(bytes);
        Parallel.run(Fleet.THREADS, IntStream.range(0, count).boxed().toList(), index -> client().resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(WATCHED)
                                .withName("foreign-" + index)
                                .endMetadata()
                                .withStringData(Map.of("value", value))
                                .build())
                .create());
    }
}
