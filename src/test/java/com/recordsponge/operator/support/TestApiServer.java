package com.recordsponge.operator.support;

import static com.recordsponge.operator.support.Patience.await;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real kube-apiserver and etcd without nodes, started once per test run. No controllers run: Deployments get no pods,
 * and nothing is garbage-collected. Tests write what controllers would write.
 */
public final class TestApiServer {

    /** The version of Kubernetes. */
    static final String VERSION = "1.36.3";

    private static final String STARTED = "apiserver.under.test.kubeconfig";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    /** A busy machine answers late. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static TestApiServer running;

    private final Path kubeconfig;
    private final Runnable stop;
    private final AuditLog audit;
    private final KubernetesClient client;

    private TestApiServer(Path kubeconfig, Runnable stop) throws IOException {
        this.kubeconfig = kubeconfig;
        this.stop = stop;
        var config = Config.fromKubeconfig(Files.readString(kubeconfig));
        config.setRequestTimeout((int) PATIENCE.toMillis());
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.audit = new AuditLog(kubeconfig.resolveSibling("audit.log"));
    }

    /** No controller deletes the Services of deleted namespaces, and the server's own range has 254 addresses. */
    private void addServiceAddresses() {
        client.resource(new ServiceCIDRBuilder()
                        .withNewMetadata()
                        .withName("tests")
                        .endMetadata()
                        .withNewSpec()
                        .withCidrs("10.1.0.0/16")
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    /** A server that was started just now. */
    private record Started(Path kubeconfig, Runnable stop) {}

    private static Started start() throws IOException {
        var directory =
                Files.createTempDirectory(Path.of("target"), "apiserver").toAbsolutePath();
        var policy = Files.writeString(directory.resolve("audit-policy.yaml"), AuditLog.POLICY);
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withOfflineMode(true)
                .withTestDir(binaries(directory).toString())
                .withApiServerVersion(VERSION)
                .withUpdateKubeConfig(false)
                // Some clusters refuse owner references from clients that cannot delete the object.
                .withApiServerFlag("--enable-admission-plugins", "OwnerReferencesPermissionEnforcement")
                .withApiServerFlag("--audit-policy-file", policy.toString())
                .withApiServerFlag(
                        "--audit-log-path", directory.resolve("audit.log").toString())
                .build());
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return new Started(
                Files.writeString(directory.resolve("kubeconfig"), server.getKubeConfigYaml()), server::stop);
    }

    /** The server that the tests of this run share. */
    public static synchronized TestApiServer get() {
        if (running == null) {
            try {
                // Quarkus loads test classes in several class loaders; system properties are common to all.
                var first = System.getProperty(STARTED) == null;
                if (first) {
                    System.setProperty(STARTED, start().kubeconfig().toString());
                }
                running = new TestApiServer(Path.of(System.getProperty(STARTED)), () -> {});
                running.installOperatorCrd();
                if (first) {
                    running.addServiceAddresses();
                    StatusRecorder.start(running.client, "api-" + System.getProperty("test.fork"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** Starts another server, without CRDs, for tests that would disturb the others. */
    public static TestApiServer another() throws IOException {
        var started = start();
        var server = new TestApiServer(started.kubeconfig(), started.stop());
        server.addServiceAddresses();
        return server;
    }

    /** Stops a server that is not shared. */
    public void stop() {
        client.close();
        stop.run();
    }

    /** The administrator's kubeconfig. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Access as a service account, with only its permissions. */
    public Config access(String namespace, String serviceAccount) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
                .endSpec()
                .build();
        var token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        var administrator = client.getConfiguration();
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(administrator.getMasterUrl())
                .withCaCertData(administrator.getCaCertData())
                .withCaCertFile(administrator.getCaCertFile())
                .withOauthToken(token)
                .build();
    }

    /** A client with all permissions. */
    public KubernetesClient client() {
        return client;
    }

    public AuditLog audit() {
        return audit;
    }

    /** Applies the objects of a file, and waits until the server serves the kinds that it defines. */
    public void install(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var objects = client.load(stream).items();
            client.resourceList(objects).serverSideApply();
            var kinds = objects.stream()
                    .filter(object -> object.getKind().equals("CustomResourceDefinition"))
                    // In a Quarkus test, a CRD is read as a generic object.
                    .map(object ->
                            Serialization.unmarshal(Serialization.asJson(object), CustomResourceDefinition.class))
                    .map(CustomResourceDefinition::getSpec)
                    .toList();
            await("the kinds of " + file).pollDelay(Duration.ZERO).until(() -> serves(kinds));
        }
    }

    /** An established CRD is in the server's list of resources only a moment later. */
    private boolean serves(List<CustomResourceDefinitionSpec> kinds) {
        return kinds.stream().allMatch(kind -> kind.getVersions().stream()
                .filter(CustomResourceDefinitionVersion::getServed)
                .allMatch(version -> client.supports(
                        kind.getGroup() + "/" + version.getName(),
                        kind.getNames().getKind())));
    }

    /** Applies objects in YAML. */
    public void apply(String yaml) throws IOException {
        var file = Files.writeString(Files.createTempFile(Path.of("target"), "objects", ".yaml"), yaml);
        kubectl("apply", "--server-side", "-f", file.toString());
    }

    /** Installs the operator's CRD. */
    public void installOperatorCrd() throws IOException {
        install(Path.of("deploy/crds/recordspongeenvironments.recordsponge.com.yaml"));
    }

    /** Installs Traefik's CRDs and the IngressClass of k3s. */
    public void installTraefik() throws IOException {
        install(ClusterParts.traefik().resolve("traefik-crds.yaml"));
        client.resource(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName("traefik")
                        .endMetadata()
                        .withNewSpec()
                        .withController("traefik.io/ingress-controller")
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    /** Installs cert-manager's CRDs, and a ClusterIssuer {@code letsencrypt} that nothing acts on. */
    public void installCertManager() throws IOException {
        installCertManagerCrds();
        install(Path.of("src/test/resources/cert-manager/issuer.yaml"));
    }

    /** Installs cert-manager's CRDs. */
    public void installCertManagerCrds() throws IOException {
        install(ClusterParts.certManager().resolve("cert-manager-crds.yaml"));
    }

    /** Starts a Kubernetes component that uses this server. */
    Process start(String program, String... options) throws IOException {
        var log = Files.createTempFile(Path.of("target"), program, ".log");
        var command = Stream.of(
                ClusterParts.kubernetes().resolve(program).toString(),
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0");
        return new ProcessBuilder(Stream.concat(command, Stream.of(options)).toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Runs kubectl with all permissions, and returns its output. */
    public String kubectl(String... arguments) throws IOException {
        var program = Stream.of(
                ClusterParts.kubernetes().resolve("kubectl").toString(), "--kubeconfig", kubeconfig.toString());
        return Command.run(Stream.concat(program, Stream.of(arguments)).toArray(String[]::new));
    }

    /** Creates a namespace, and returns its name. */
    public String namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return name;
    }

    /** Links the development cluster's programs into the layout that kube-api-test expects. */
    private static Path binaries(Path directory) throws IOException {
        var built = ClusterParts.kubernetes();
        var expected = Files.createDirectories(directory.resolve("k8s/" + VERSION + "-linux-amd64"));
        for (var program : new String[] {"etcd", "kube-apiserver", "kubectl"}) {
            Files.createSymbolicLink(expected.resolve(program), built.resolve(program));
        }
        return directory;
    }
}
