package com.recordsponge.operator.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.route.Middleware;
import com.recordsponge.operator.route.ServersTransport;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class OwnedObjectsApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: staging.example.org
      replicas: 2
      sessions: {storage: 1Gi}
      tls: {secretName: provided}
      ingress: {timeout: 300s, hsts: {maxAge: 1h}, basicAuth: [{path: /access/, secretRef: {name: users}}]}
      database: {host: 10.42.0.1, name: staging_db, credentialsSecretRef: {name: credentials}}
      """;

    private static final Set<String> RETAINED = Set.of("site-session-key", "site-sessions");

    static Stream<Arguments> ownedObjects() {
        return Stream.of(
                Arguments.of(Deployment.class, "site"),
                Arguments.of(PodDisruptionBudget.class, "site"),
                Arguments.of(NetworkPolicy.class, "site"),
                Arguments.of(PersistentVolumeClaim.class, "site-sessions"),
                Arguments.of(Service.class, "site-*"),
                Arguments.of(Ingress.class, "site-*"),
                Arguments.of(Ingress.class, "site-http-*"),
                Arguments.of(Ingress.class, "site-auth-*"),
                Arguments.of(Middleware.class, "site-to-https-*"),
                Arguments.of(Middleware.class, "site-auth-*"),
                Arguments.of(ServersTransport.class, "site-*"),
                Arguments.of(Secret.class, "site-database-*"),
                Arguments.of(Secret.class, "site-copy-*"),
                Arguments.of(Secret.class, "site-session-key"),
                Arguments.of(Service.class, "site-db-*"),
                Arguments.of(EndpointSlice.class, "site-db-*"));
    }

    @ParameterizedTest
    @MethodSource("ownedObjects")
    void theOperatorRecreatesADeletedObject(Class<? extends HasMetadata> type, String pattern) {
        deploySite();
        var name = name(type, pattern);
        var before = child(type, name).get();
        remove(type, name);
        eventually(() -> assertThat(child(type, name).get()).isNotNull().satisfies(now -> assertThat(
                        now.getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid())));
    }

    /** All but the retained objects, which have no owner reference: without labels they count as foreign. */
    static Stream<Arguments> controlledObjects() {
        return ownedObjects().filter(child -> !RETAINED.contains(child.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("controlledObjects")
    void theOperatorRestoresRemovedLabels(Class<? extends HasMetadata> type, String pattern) {
        deploySite();
        var name = name(type, pattern);
        edit(child(type, name).get(), object -> {
            object.getMetadata().getLabels().clear();
            return object;
        });
        eventually(() -> assertThat(child(type, name).get().getMetadata().getLabels())
                .containsEntry("recordsponge.com/environment", "site"));
    }

    @Test
    void theOperatorRevertsAnEditedObject() {
        deploySite();
        edit(
                child(Deployment.class, "site").get(),
                deployment ->
                        deployment.edit().editSpec().withReplicas(7).endSpec().build());
        edit(unique(Service.class, "site", "").get(), service -> service.edit()
                .editSpec()
                .editFirstPort()
                .withPort(81)
                .endPort()
                .endSpec()
                .build());
        edit(child(PodDisruptionBudget.class, "site").get(), budget -> budget.edit()
                .editSpec()
                .withMaxUnavailable(new IntOrString(0))
                .endSpec()
                .build());
        eventually(() -> {
            assertThat(child(Deployment.class, "site").get().getSpec().getReplicas())
                    .isEqualTo(2);
            assertThat(child(PodDisruptionBudget.class, "site").get().getSpec().getMaxUnavailable())
                    .isEqualTo(new IntOrString(1));
            assertThat(unique(Service.class, "site", "")
                            .get()
                            .getSpec()
                            .getPorts()
                            .getFirst()
                            .getPort())
                    .isEqualTo(80);
        });
    }

    @Test
    void theOperatorPrunesAllButKeyAndSessions() {
        deploySite();
        var claim = child(PersistentVolumeClaim.class, "site-sessions").get();
        var key = child(Secret.class, "site-session-key").get();
        secret("mine", Map.of("key", "value"));
        apply("site", """
        tier: staging
        image: recordsponge/expungeservice:staging
        host: staging.example.org
        sessionKeySecretRef: {name: mine, key: key}
        """);
        eventually(() -> assertThat(podData(template("site").getSpec()).keySet())
                .noneMatch(name -> name.startsWith("site-database")));
        rollOut("site");
        eventually(() -> {
            assertThat(uniqueNames(Secret.class, "site", "-database")).isEmpty();
            assertThat(uniqueNames(Service.class, "site", "-db")).isEmpty();
            assertThat(uniqueNames(EndpointSlice.class, "site", "-db")).isEmpty();
            assertThat(uniqueNames(Secret.class, "site", "-copy")).hasSize(1);
            assertThat(child(PodDisruptionBudget.class, "site").get()).isNull();
        });
        admit("site");
        eventually(() -> {
            assertThat(uniqueNames(Ingress.class, "site", "-auth")).isEmpty();
            assertThat(uniqueNames(Middleware.class, "site", "-to-https")).isEmpty();
            assertThat(uniqueNames(ServersTransport.class, "site", "")).isEmpty();
        });
        assertThat(child(Secret.class, "site-session-key").get().getData()).isEqualTo(key.getData());
        assertThat(child(PersistentVolumeClaim.class, "site-sessions").get()).isEqualTo(claim);
    }

    /** Kubernetes copies the labels of a Service to the EndpointSlices that it creates. */
    @Test
    void theOperatorKeepsAForeignEndpointSlice() {
        deploySite();
        var labels = unique(Service.class, "site", "").get().getMetadata().getLabels();
        client().resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("site-abcde")
                        .withLabels(labels)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses("10.42.0.9")
                        .endEndpoint()
                        .build())
                .create();
        unique(EndpointSlice.class, "site", "-db").delete();
        eventually(() -> unique(EndpointSlice.class, "site", "-db"));
        assertThat(child(EndpointSlice.class, "site-abcde").get()).isNotNull();
    }

    /**
     * Watch events that require no write precede one that does: the writes after the mark are those of all of them.
     */
    @Test
    void anUnchangedEnvironmentCausesNoWrites() {
        deploySite();
        var mark = SERVER.audit().mark();
        client().resource(podOf("site")).create();
        client().resource(podOf("site")).delete();
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("other")
                        .endMetadata()
                        .build())
                .create();
        credentials("credentials", "second");
        awaitPassword("second");
        eventually(() -> assertThat(SERVER.audit().operatorWrites(mark))
                .filteredOn(write -> !write.startsWith("create events/"))
                .contains("patch deployments/site", "patch recordspongeenvironments/site"));
        var connection = podData(template("site").getSpec()).keySet().stream()
                .filter(name -> name.startsWith("site-database"))
                .findFirst()
                .orElseThrow();
        assertThat(SERVER.audit().operatorWrites(mark))
                .filteredOn(write -> !write.startsWith("create events/"))
                .containsOnly(
                        "patch secrets/" + connection, "patch deployments/site", "patch recordspongeenvironments/site")
                .filteredOn(write -> !write.startsWith("patch recordspongeenvironments/"))
                .doesNotHaveDuplicates();
    }

    /** The name of an object whose name ends in a hash. */
    private String name(Class<? extends HasMetadata> type, String pattern) {
        return pattern.endsWith("-*")
                ? uniqueNames(type, "site", pattern.substring("site".length(), pattern.length() - "-*".length()))
                        .getFirst()
                : pattern;
    }

    private void deploySite() {
        certificate("provided", "staging.example.org");
        credentials("credentials", "first");
        secret("users", Map.of("users", "someone:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc="));
        apply("site", SPEC);
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        bind("site-sessions");
        rollOut("site");
        awaitCondition("site", "WorkloadAvailable", "True", "Available");
        admit("site");
    }

    private void awaitPassword(String password) {
        eventually(() -> assertThat(podData(template("site").getSpec()).values())
                .flatExtracting(Map::values)
                .contains(Base64.getEncoder().encodeToString(password.getBytes(UTF_8))));
    }
}
