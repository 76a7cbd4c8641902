package com.recordsponge.operator.bench;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static com.recordsponge.operator.support.OperatorResource.RELEASE_NAMESPACE;

import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.StubIngressController;
import com.recordsponge.operator.support.TestApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** kube-apiserver and etcd with what the operator's chart installs, and no other controllers. */
final class BenchServer implements AutoCloseable {

    static final String WATCHED = "watched";
    static final String UNWATCHED = "unwatched";

    /** The memory limit of the chart's default container. */
    static final int CONTAINER_MIB = 256;

    private final TestApiServer server = TestApiServer.another();
    private final StubIngressController sites;
    private final Path log =
            Files.createTempFile(Path.of("target"), "bench-operator", ".log").toAbsolutePath();

    BenchServer() throws IOException {
        server.installOperatorCrd();
        server.installTraefik();
        server.installCertManager();
        sites = new StubIngressController(client());
        addServiceAddresses();
        server.namespace(WATCHED);
        server.namespace(UNWATCHED);
        server.namespace(RELEASE_NAMESPACE);
        Chart.apply(server, RELEASE, RELEASE_NAMESPACE, "--set", "watchNamespaces={%s}".formatted(WATCHED));
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

    /** What answers for all sites. */
    StubIngressController sites() {
        return sites;
    }

    /** The operator's requests from now on. */
    RequestLog requests() {
        return new RequestLog(server.audit());
    }

    /** Access as the operator's service account. */
    Config access() {
        return server.access(RELEASE_NAMESPACE, RELEASE);
    }

    /** Starts the operator as in the chart's default container. */
    OperatorProcess startOperator() throws IOException {
        return startOperator(CONTAINER_MIB);
    }

    /** Starts it with further settings. */
    OperatorProcess startOperator(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.put("RECORDSPONGE_LEADER_ELECTION_NAMESPACE", RELEASE_NAMESPACE);
        return start(access(), CONTAINER_MIB, all);
    }

    /** Starts the operator as in a container with a memory limit. */
    OperatorProcess startOperator(int mebibytes) throws IOException {
        return start(access(), mebibytes, Map.of("RECORDSPONGE_LEADER_ELECTION_NAMESPACE", RELEASE_NAMESPACE));
    }

    /** Starts the operator without leader election: one that loses its Lease exits. */
    OperatorProcess startWithoutElection(Config access) throws IOException {
        return start(access, CONTAINER_MIB, Map.of());
    }

    /** Starts the operator with leader election. */
    OperatorProcess startOperator(Config access) throws IOException {
        return start(access, CONTAINER_MIB, Map.of("RECORDSPONGE_LEADER_ELECTION_NAMESPACE", RELEASE_NAMESPACE));
    }

    private OperatorProcess start(Config access, int mebibytes, Map<String, String> settings) throws IOException {
        var all = new HashMap<>(sites.setting());
        all.putAll(settings);
        all.put("JDK_JAVA_OPTIONS", "-XX:MaxRAM=%dm".formatted(mebibytes));
        return OperatorProcess.start(access, WATCHED, FreePort.find(), all, log);
    }

    @Override
    public void close() {
        sites.close();
        server.stop();
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
