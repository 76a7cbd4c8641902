package com.recordsponge.operator.matrix;

import static com.recordsponge.operator.support.OperatorResource.RELEASE;
import static com.recordsponge.operator.support.OperatorResource.RELEASE_NAMESPACE;
import static com.recordsponge.operator.support.Patience.await;

import com.recordsponge.operator.matrix.Timeline.Entry;
import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.FreePort;
import com.recordsponge.operator.support.OperatorProcess;
import com.recordsponge.operator.support.SiteVisitor;
import com.recordsponge.operator.support.StubRegistry;
import com.recordsponge.operator.support.TestApiServer;
import com.recordsponge.operator.support.TestControllers;
import com.recordsponge.operator.support.TestPostgres;
import com.recordsponge.operator.support.TestTraefik;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cluster without a node: a real API server, real controllers, Traefik and PostgreSQL, the packaged operator, and stubs of
 * cert-manager and of pods.
 */
final class StubWorld implements World {

    private static final String CLASSES = """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: traefik-too}
            spec: {controller: traefik.io/ingress-controller}
          - apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: stub, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
            provisioner: stub
            allowVolumeExpansion: true
        """;

    private final TestApiServer server = TestApiServer.another();
    private final StubDatabases databases = atExit(new StubDatabases());
    private final TestAuthority authority = new TestAuthority();
    private final Map<String, Map<String, Map<String, String>>> contents = new ConcurrentHashMap<>();
    private final int closedPort = FreePort.find();
    private final TestTraefik traefik;
    private final Path log = Files.createTempFile(Path.of("target").toAbsolutePath(), "operator", ".log");

    StubWorld() throws IOException {
        server.installOperatorCrd();
        server.installTraefik();
        server.installCertManager();
        server.namespace(RELEASE_NAMESPACE);
        client().resourceList(CLASSES).serverSideApply();
        Chart.apply(server, RELEASE, RELEASE_NAMESPACE, "--set", "clusterWide=true");
        atExit(new TestControllers(
                server, "garbage-collector-controller", "deployment-controller", "replicaset-controller"));
        traefik = atExit(new TestTraefik(server));
        var view = atExit(new ClusterView(client()));
        atExit(new StubVolumes(view));
        atExit(new StubKubelet(view, databases));
        atExit(new StubCertManager(client(), authority));
        startOperator();
    }

    /** Also if another part does not start. */
    private static <R extends AutoCloseable> R atExit(R part) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                part.close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }));
        return part;
    }

    private void startOperator() throws IOException {
        var port = FreePort.find();
        var started = atExit(OperatorProcess.start(
                server.access(RELEASE_NAMESPACE, RELEASE), "JOSDK_ALL_NAMESPACES", port, settings(), log));
        await().pollInterval(Duration.ofMillis(100))
                .failFast("the operator ended; see " + log, () -> !started.alive())
                .until(started::ready);
    }

    private Map<String, String> settings() throws IOException {
        var hosts = Files.writeString(
                log.resolveSibling("hosts"),
                "127.0.0.1 localhost\n%s %s\n".formatted(databases.address(), StubDatabases.HOST));
        var authorities = Files.writeString(log.resolveSibling("authorities.crt"), authority.pem());
        return Map.of(
                "JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts,
                "RECORDSPONGE_INGRESS_CONTROLLER_SERVICE",
                        "127.0.0.1:%d,%d".formatted(traefik.httpPort(), traefik.httpsPort()),
                "RECORDSPONGE_INGRESS_CONTROLLER_CA_FILE", authorities.toString(),
                "RECORDSPONGE_CAPABILITY_RECHECK", "PT0.5S",
                "RECORDSPONGE_INGRESS_CONTROLLER_DELAY", "PT4S",
                "RECORDSPONGE_DATABASE_TIMEOUT", "PT3S",
                "RECORDSPONGE_DATABASE_RETRY", "PT1S");
    }

    @Override
    public KubernetesClient client() {
        return server.client();
    }

    @Override
    public SiteVisitor visitor() {
        return traefik.visitor();
    }

    @Override
    public X509Certificate authority() {
        return authority.certificate();
    }

    @Override
    public String value(String namespace, String placeholder) {
        return switch (placeholder) {
            case "host" -> host(namespace);
            case "host.uncertifiable" -> namespace + "." + StubCertManager.UNCERTIFIABLE;
            case "image" -> "recordsponge/expungeservice:first";
            case "image.other" -> "recordsponge/expungeservice:second";
            case "image.missing" -> "recordsponge/expungeservice:" + StubRegistry.MISSING;
            case "image.digest" -> "sha256:" + "1".repeat(64);
            case "issuer" -> StubCertManager.ISSUER;
            case "issuer.other" -> StubCertManager.OTHER_ISSUER;
            case "issuer.unready" -> StubCertManager.UNREADY_ISSUER;
            case "issuer.untrusted" -> StubCertManager.UNTRUSTED_ISSUER;
            case "ingressClass.other" -> "traefik-too";
            case "storageClass" -> "stub";
            case "database.address" -> databases.address();
            case "database.address6" -> databases.address6().orElse(null);
            case "database.host" -> StubDatabases.HOST;
            case "database.plain" -> "disable";
            case "database.unreachable" -> "192.0.2.250";
            case "database.port" -> Integer.toString(databases.port());
            case "database.port.other" -> Integer.toString(databases.otherPort());
            case "database.port.closed" -> Integer.toString(closedPort);
            case "database.name" -> TestPostgres.NAME;
            default -> null;
        };
    }

    private static String host(String namespace) {
        return namespace + ".matrix.test";
    }

    @Override
    public Map<String, Map<String, String>> contents(String namespace) {
        return contents.computeIfAbsent(namespace, _ -> {
            try {
                var all = new HashMap<>(SiteContents.of(host(namespace), authority));
                all.put("credentials", databases.credentials(TestPostgres.NAME));
                all.put("other-credentials", databases.credentials(databases.otherRole()));
                all.put("wrong-credentials", Map.of("username", TestPostgres.NAME, "password", "wrong"));
                SiteContents.addAuthorities(all, databases.authority(), authority);
                return all;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A change takes a few seconds. The limit is for a machine that other work keeps busy: it shows only what never ends. */
    @Override
    public Duration settleTime() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration watchTime() {
        return Duration.ofSeconds(3);
    }

    @Override
    public List<Entry> writes(String namespace, Instant since) {
        return server.audit().operatorWrites(namespace, since).entrySet().stream()
                .map(write -> new Entry(write.getKey(), "   operator: " + write.getValue()))
                .toList();
    }
}
