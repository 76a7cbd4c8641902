package com.recordsponge.operator.chart;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.certificate.CertManagerObjects;
import com.recordsponge.operator.certificate.Certificate;
import com.recordsponge.operator.plan.Labels;
import com.recordsponge.operator.route.Middleware;
import com.recordsponge.operator.route.ServersTransport;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.Chart;
import com.recordsponge.operator.support.OperatorResource;
import com.recordsponge.operator.support.Permission;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares the rights that the chart grants by default with those that a running operator uses. */
@QuarkusTest
@TestProfile(OneNamespace.class)
class PermissionsApiTest extends ApiTest {

    /** Sets every optional feature. */
    private static final String EVERYTHING = """
      tier: staging
      replicas: 2
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      sessions: {storage: 1Gi}
      tls: {issuerRef: {name: not-there-yet, kind: %s}}
      ingress: {timeout: 300s, basicAuth: [{path: /access/, secretRef: {name: users}}]}
      database: {host: 10.42.0.1, name: staging_db, credentialsSecretRef: {name: credentials}}
      envFrom: [{configMapRef: {name: settings}}]
      """;

    private static final String PROVIDED = EVERYTHING.replaceFirst("tls: .*", "tls: {secretName: provided}");

    /** Has Deployments that can become unnecessary. */
    private static final String DEVELOPMENT = """
      tier: dev
      image: recordsponge/expungeservice:dev
      host: dev.example.org
      dev: {source: {claimName: tree}%s}
      """;

    /** Sets only the required fields. */
    private static final String MINIMAL = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      """;

    /**
     * Used to release the lease on shutdown, to report a refused namespace. The API server's admission checks the rights to
     * delete claims and to finalizers without a request of its own.
     */
    private static final Set<Permission> NOT_USED_WHILE_RUNNING = Set.of(
            new Permission(OneNamespace.WATCHED, "", "persistentvolumeclaims", "delete"),
            new Permission(OneNamespace.WATCHED, "", "services/finalizers", "update"),
            new Permission(OneNamespace.WATCHED, "discovery.k8s.io", "endpointslices/finalizers", "update"),
            new Permission(OneNamespace.WATCHED, "networking.k8s.io", "networkpolicies/finalizers", "update"),
            new Permission(OneNamespace.WATCHED, "recordsponge.com", "recordspongeenvironments/finalizers", "update"),
            new Permission(OneNamespace.RELEASE_NAMESPACE, "coordination.k8s.io", "leases", "update"),
            new Permission(OneNamespace.RELEASE_NAMESPACE, "", "events", "create"));

    private static final List<Class<? extends HasMetadata>> OWNED_KINDS = List.of(
            Deployment.class,
            Service.class,
            Secret.class,
            Ingress.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            EndpointSlice.class,
            Certificate.class,
            Middleware.class,
            ServersTransport.class);

    @BeforeEach
    void useTheWatchedNamespace() throws IOException {
        namespace = OneNamespace.WATCHED;
        SERVER.installCertManagerCrds();
    }

    /** Other tests expect a cluster without cert-manager. */
    @AfterAll
    static void removeCertManager() {
        var definitions = SERVER.client().apiextensions().v1().customResourceDefinitions();
        var certManagerCrds = definitions.list().getItems().stream()
                .filter(definition -> definition.getSpec().getGroup().endsWith("cert-manager.io"))
                .toList();
        SERVER.client()
                .resourceList(certManagerCrds.toArray(HasMetadata[]::new))
                .delete();
        eventually(() -> assertThat(SERVER.client().supports("cert-manager.io/v1", "Certificate"))
                .isFalse());
    }

    /** Ignores access reviews, which every service account may create. */
    @Test
    void theChartGrantsExactlyTheUsedRights() throws IOException {
        exerciseEveryPermission();

        var granted = Permission.granted(Chart.render(
                OperatorResource.RELEASE,
                OneNamespace.RELEASE_NAMESPACE,
                "--set",
                "watchNamespaces={%s}".formatted(OneNamespace.WATCHED)));
        eventually(() -> assertThat(used())
                .isSubsetOf(granted)
                .containsAll(granted.stream()
                        .filter(not(NOT_USED_WHILE_RUNNING::contains))
                        .toList()));
    }

    /** Once the later environment has a status, the operator has had time to see the earlier one. */
    @Test
    void theOperatorIgnoresOtherNamespaces() {
        namespace = SERVER.namespace("another-namespace");
        apply("site", MINIMAL);
        namespace = OneNamespace.WATCHED;
        apply("later", MINIMAL);
        awaitCondition("later", "WorkloadAvailable", "False", "RollingOut");

        namespace = "another-namespace";
        assertThat(environment("site").getStatus().observedGeneration()).isEqualTo(-1);
        assertThat(child(Deployment.class, "site").get()).isNull();
        assertThat(used()).extracting(Permission::namespace).doesNotContain(namespace);
    }

    private Set<Permission> used() {
        return SERVER.audit().permissionsUsed(OneNamespace.RELEASE_NAMESPACE, OperatorResource.RELEASE).stream()
                .filter(permission -> !permission.group().equals("authorization.k8s.io"))
                .collect(Collectors.toSet());
    }

    private void exerciseEveryPermission() {
        credentials("credentials", "first");
        secret("users", Map.of("users", "someone:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc="));
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("settings")
                        .endMetadata()
                        .build())
                .serverSideApply();
        // A foreign claim with the name of the operator's claim: the operator must read it to find its owner.
        createForeignClaim("other-sessions");
        apply("site", EVERYTHING.formatted("Issuer"));
        apply("other", EVERYTHING.formatted("ClusterIssuer").replace("staging.", "other."));
        // A route requires a certificate.
        certificate("provided", "routed.example.org");
        apply("routed", PROVIDED.replace("staging.", "routed."));
        createForeignClaim("tree");
        apply("developer", DEVELOPMENT.formatted(", frontend: {}"));
        awaitCondition("site", "CertificateReady", "False", "IssuerNotFound");
        awaitCondition("other", "CertificateReady", "False", "IssuerNotFound");
        failAnIssuance();
        OWNED_KINDS.forEach(this::removeLabels);
        eventually(() -> assertThat(OWNED_KINDS)
                .allSatisfy(type -> assertThat(labelled(type)).isNotEmpty()));
        apply("site", MINIMAL);
        apply("developer", DEVELOPMENT.formatted(""));
        // Its HTTPS route ends.
        apply("routed", MINIMAL.replace("staging.", "routed."));
        eventually(() -> assertThat(podData(template("site").getSpec()).keySet())
                .noneMatch(name -> name.startsWith("site-database")));
        rollOut("site");
        eventually(() -> assertThat(certificates("site")).as("pruned").isEmpty());
        eventually(
                () -> assertThat(child(Deployment.class, "developer-frontend").get())
                        .as("pruned")
                        .isNull());
    }

    /** The operator then looks for the reason. */
    private void failAnIssuance() {
        var certManager = new CertManagerObjects(client());
        certManager.issuer(namespace, "not-there-yet", "{}");
        var certificate = certificates("site").getFirst();
        var request = certManager.request(certificate, 1, "{}");
        certManager.challenge(
                certManager.order(request, "{state: invalid}"), "staging.example.org", "{state: invalid}");
        editStatus(certificate, failed -> {
            var issuing = Map.of("type", "Issuing", "status", "False", "reason", "Failed", "message", "failed");
            failed.setAdditionalProperty("status", Map.of("conditions", List.of(issuing)));
            return failed;
        });
        awaitCondition("site", "CertificateReady", "False", "ChallengeFailed");
    }

    private List<Certificate> certificates(String environment) {
        return client().resources(Certificate.class)
                .inNamespace(namespace)
                .withLabel(Labels.ENVIRONMENT, environment)
                .list()
                .getItems();
    }

    /** The operator no longer sees these objects in its cache and must read them to find their owner. */
    private void removeLabels(Class<? extends HasMetadata> type) {
        eventually(() -> assertThat(labelled(type)).isNotEmpty());
        labelled(type).stream()
                .filter(object -> !object.getMetadata().getOwnerReferences().isEmpty())
                .forEach(object ->
                        edit(child(type, object.getMetadata().getName()).get(), child -> {
                            child.getMetadata().getLabels().clear();
                            return child;
                        }));
    }

    private List<? extends HasMetadata> labelled(Class<? extends HasMetadata> type) {
        return client().resources(type)
                .inNamespace(namespace)
                .withLabelSelector(Labels.MANAGED_SELECTOR)
                .list()
                .getItems();
    }
}
