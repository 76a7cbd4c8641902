package com.recordsponge.operator.e2e;

import com.recordsponge.operator.matrix.SiteContents;
import com.recordsponge.operator.matrix.TestAuthority;
import com.recordsponge.operator.matrix.Timeline.Entry;
import com.recordsponge.operator.matrix.World;
import com.recordsponge.operator.support.SiteVisitor;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The development cluster, as the change matrix sees it. Each site has its own database. */
final class ClusterWorld implements World {

    private static final String ISSUER = "recordsponge-ca";
    private static final String OTHER_ISSUER = "other-" + TestCluster.RUN;
    private static final String UNREADY_ISSUER = "unready-" + TestCluster.RUN;
    private static final String OTHER_CLASS = "other-" + TestCluster.RUN;
    private static final String STORAGE_CLASS = "changes-" + TestCluster.RUN;

    private static final String DATABASE_SERVICE = "database-server";
    private static final int DATABASE_PORT = 5432;

    /** As many as there are sites that keep sessions. */
    private static final List<String> VOLUMES =
            List.of(STORAGE_CLASS + "-1", STORAGE_CLASS + "-2", STORAGE_CLASS + "-3");

    private final TestCluster cluster;
    private final TestAuthority authority;
    private final PortForward otherPort;
    private final Map<String, TestDatabase> databases = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Map<String, String>>> contents = new ConcurrentHashMap<>();

    ClusterWorld(TestCluster cluster) throws IOException {
        this.cluster = cluster;
        var key = cluster.client()
                .secrets()
                .inNamespace("cert-manager")
                .withName(ISSUER)
                .get()
                .getData();
        this.authority = new TestAuthority(decoded(key.get("tls.crt")), decoded(key.get("tls.key")));
        issuer(OTHER_ISSUER, ISSUER);
        issuer(UNREADY_ISSUER, "no-such-secret");
        offerIngressClass();
        offerVolumes();
        this.otherPort = new PortForward(cluster.databaseHost(), DATABASE_PORT);
    }

    /** Another class of the same ingress controller. */
    private void offerIngressClass() {
        cluster.client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: networking.k8s.io/v1
                        kind: IngressClass
                        metadata: {name: %s, labels: {%s: "%s"}}
                        spec: {controller: traefik.io/ingress-controller}
                        """.formatted(OTHER_CLASS, TestCluster.RUN_LABEL, TestCluster.RUN), IngressClass.class))
                .serverSideApply();
    }

    /** Volumes larger than any claim, so that each claim can grow. */
    private void offerVolumes() {
        cluster.client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: storage.k8s.io/v1
                        kind: StorageClass
                        metadata:
                          name: %s
                          labels: {%s: "%s"}
                          annotations: {storageclass.kubernetes.io/is-default-class: "true"}
                        provisioner: kubernetes.io/no-provisioner
                        allowVolumeExpansion: true
                        """.formatted(STORAGE_CLASS, TestCluster.RUN_LABEL, TestCluster.RUN), StorageClass.class))
                .serverSideApply();
        VOLUMES.forEach(name -> TestVolume.create(cluster, name, STORAGE_CLASS, "32Mi"));
    }

    private static String decoded(String data) {
        return new String(Base64.getDecoder().decode(data));
    }

    private void issuer(String name, String secret) {
        cluster.client()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: cert-manager.io/v1
                        kind: ClusterIssuer
                        metadata: {name: %s, labels: {%s: "%s"}}
                        spec: {ca: {secretName: %s}}
                        """.formatted(name, TestCluster.RUN_LABEL, TestCluster.RUN, secret),
                        GenericKubernetesResource.class))
                .serverSideApply();
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public SiteVisitor visitor() {
        return new SiteVisitor(cluster.httpPort(), cluster.httpsPort());
    }

    @Override
    public X509Certificate authority() {
        return authority.certificate();
    }

    @Override
    public String value(String namespace, String placeholder) {
        return switch (placeholder) {
            case "host" -> host(namespace);
            case "image" -> "recordsponge/expungeservice:staging";
            case "image.other" -> "recordsponge/expungeservice:prod";
            case "image.missing" -> "recordsponge/expungeservice:no-such-tag";
            case "image.digest" -> new MovingTag("prod").digest();
            case "issuer" -> ISSUER;
            case "issuer.other" -> OTHER_ISSUER;
            case "issuer.unready" -> UNREADY_ISSUER;
            case "ingressClass.other" -> OTHER_CLASS;
            case "storageClass" -> STORAGE_CLASS;
            case "database.address" -> cluster.databaseHost();
            // Its issuers issue every name and tell their authority; its pods have no IPv6, and PostgreSQL requires TLS
            // of them.
            case "host.uncertifiable", "issuer.untrusted", "database.address6", "database.plain" -> null;
            case "database.host" -> "%s.%s.svc.cluster.local".formatted(DATABASE_SERVICE, namespace);
            case "database.unreachable" -> "192.0.2.250";
            case "database.port" -> Integer.toString(DATABASE_PORT);
            case "database.port.other" -> Integer.toString(otherPort.port());
            case "database.port.closed" -> "5433";
            case "database.name" -> "rse_test_" + namespace.replace('-', '_');
            default -> throw new IllegalArgumentException(placeholder);
        };
    }

    private static String host(String namespace) {
        return namespace + TestEnvironment.DOMAIN;
    }

    @Override
    public Map<String, Map<String, String>> contents(String namespace) {
        return contents.computeIfAbsent(namespace, _ -> {
            try {
                cluster.databaseName(DATABASE_SERVICE, namespace).serverSideApply();
                var database = databases.computeIfAbsent(namespace, name -> TestDatabase.create(cluster, name));
                var all = new HashMap<>(SiteContents.of(host(namespace), authority));
                all.put("credentials", Map.of("username", database.name(), "password", database.password()));
                all.put("other-credentials", database.otherRole());
                all.put("wrong-credentials", Map.of("username", database.name(), "password", "wrong"));
                SiteContents.addAuthorities(all, Files.readString(cluster.databaseAuthority()), authority);
                return all;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A rollout takes half a minute. The limit shows only what never ends. */
    @Override
    public Duration settleTime() {
        return Duration.ofMinutes(4);
    }

    @Override
    public Duration watchTime() {
        return Duration.ofSeconds(5);
    }

    /** The cluster has no audit log. */
    @Override
    public List<Entry> writes(String namespace, Instant since) {
        return List.of();
    }

    /** Deletes what the sites' namespaces do not hold. */
    void remove() {
        databases.values().forEach(TestDatabase::drop);
        otherPort.close();
        cluster.client().network().v1().ingressClasses().withName(OTHER_CLASS).delete();
        TestVolume.remove(cluster, VOLUMES.toArray(String[]::new));
        cluster.client().storage().v1().storageClasses().withName(STORAGE_CLASS).delete();
        List.of(OTHER_ISSUER, UNREADY_ISSUER).forEach(name -> cluster.client()
                .genericKubernetesResources("cert-manager.io/v1", "ClusterIssuer")
                .withName(name)
                .delete());
    }
}
