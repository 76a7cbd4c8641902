package com.recordsponge.operator.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.OperatorResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A developer's environment with a real API server. */
@QuarkusTest
@QuarkusTestResource(OperatorResource.class)
class DevApiTest extends ApiTest {

    private static final String BACKEND_ONLY = """
      tier: dev
      image: recordsponge/expungeservice:dev
      host: dev.example.org
      dev: {source: {claimName: tree}}
      """;

    private static final String SPEC = BACKEND_ONLY.replace("claimName: tree}", """
          claimName: tree},
          frontend: {},
          postgres: {},
          watchers: [{name: tests, runs: backend, command: [pytest]}, {name: ui, runs: frontend, command: [npm, test]}]""");

    /** Deploys an environment with all parts, up to what the Deployment controller does. */
    private void deploy(String spec) {
        createForeignClaim("tree");
        apply("site", spec);
        Stream.of("site", "site-frontend", "site-postgres").forEach(this::rollOut);
        awaitCondition("site", "DevelopmentReady", "True", "Available");
    }

    @Test
    void nothingStartsUntilTheClaimOfTheTreeExists() {
        apply("site", SPEC);
        awaitCondition("site", "DevelopmentReady", "False", "SourceNotFound");
        assertThat(client().apps().deployments().inNamespace(namespace).list().getItems())
                .isEmpty();

        createForeignClaim("tree");
        Stream.of("site", "site-frontend", "site-postgres")
                .forEach(name -> eventually(
                        () -> assertThat(child(Deployment.class, name).get()).isNotNull()));
    }

    @Test
    void partsStartWhileTheApplicationWaitsAndAfterWhatTheyMount() {
        createForeignClaim("tree");
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("ca")
                        .endMetadata()
                        .withData(Map.of("ca.crt", "certificate"))
                        .build())
                .create();
        var mark = SERVER.audit().mark();
        apply(
                "site",
                SPEC.replace("frontend: {}", "frontend: {caConfigMapRef: {name: ca}}")
                        + "envFrom: [{secretRef: {name: missing}}]\n");
        awaitCondition("site", "WorkloadAvailable", "False", "SecretNotFound");
        for (var part : List.of("site-frontend", "site-postgres")) {
            eventually(() -> assertThat(child(Deployment.class, part).get()).isNotNull());
            var mounted = mounted(part);
            assertThat(mounted).hasSize(2);
            eventually(() -> assertThat(SERVER.audit().operatorWrites(mark))
                    .extracting(write -> write.split(" ")[1])
                    .containsSubsequence(mounted.getFirst(), "deployments/" + part)
                    .containsSubsequence(mounted.getLast(), "deployments/" + part));
        }
        assertThat(child(Deployment.class, "site").get()).isNull();
    }

    /** What pods of a part mount of the operator's objects, as in the audit log. */
    private List<String> mounted(String part) {
        var pod = template(part).getSpec();
        return Stream.concat(
                        SecretsInUse.names(pod).distinct().map("secrets/"::concat),
                        pod.getVolumes().stream()
                                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                                .filter(claim -> !claim.equals("tree"))
                                .map("persistentvolumeclaims/"::concat))
                .toList();
    }

    @Test
    void theApplicationConnectsToItsOwnPostgres() {
        deploy(SPEC);
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        assertThat(podData(template("site").getSpec()).values())
                .anySatisfy(data -> assertThat(data).containsKey("PGPASSWORD"));
        assertThat(environment("site").getStatus().database().endpoint())
                .isEqualTo("site-postgres.%s.svc:5432".formatted(namespace));
    }

    @Test
    void withoutItsOwnPostgresTheApplicationConnectsToTheDatabaseOfTheSpec() {
        credentials("credentials", "password");
        createForeignClaim("tree");
        apply(
                "site",
                BACKEND_ONLY
                        + "database: {host: db.example.org, name: dev_db, credentialsSecretRef: {name: credentials}}\n");
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        rollOut("site");
        awaitCondition("site", "DevelopmentReady", "True", "Available");
        assertThat(podData(template("site").getSpec()).values())
                .anySatisfy(data -> assertThat(data).containsKey("PGPASSWORD"));
        assertThat(environment("site").getStatus().database().endpoint()).isEqualTo("db.example.org:5432");
    }

    /** Of several policies, Kubernetes would delete some before the pods are gone. */
    @Test
    void oneOfThePoliciesOwnsTheDeployment() {
        deploy(SPEC);
        eventually(() -> {
            assertThat(client().network()
                            .networkPolicies()
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .hasSizeGreaterThan(1);
            assertThat(child(Deployment.class, "site").get().getMetadata().getOwnerReferences())
                    .extracting(owner -> owner.getKind() + " " + owner.getName())
                    .containsExactlyInAnyOrder("RecordSpongeEnvironment site", "NetworkPolicy site");
        });
    }

    static Stream<Arguments> ownedObjects() {
        return Stream.of(
                Arguments.of(Deployment.class, "site-frontend"),
                Arguments.of(Deployment.class, "site-postgres"),
                Arguments.of(Service.class, "site-backend"),
                Arguments.of(Service.class, "site-postgres"),
                Arguments.of(NetworkPolicy.class, "site"),
                Arguments.of(NetworkPolicy.class, "site-backend"),
                Arguments.of(NetworkPolicy.class, "site-frontend"),
                Arguments.of(NetworkPolicy.class, "site-postgres"),
                Arguments.of(PersistentVolumeClaim.class, "site-node-modules"),
                Arguments.of(PersistentVolumeClaim.class, "site-postgres"),
                Arguments.of(Secret.class, "site-postgres"));
    }

    @ParameterizedTest
    @MethodSource("ownedObjects")
    void theOperatorRecreatesADeletedObject(Class<? extends HasMetadata> type, String name) {
        deploy(SPEC);
        var before = child(type, name).get();
        remove(type, name);
        eventually(() -> assertThat(child(type, name).get()).isNotNull().satisfies(now -> assertThat(
                        now.getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid())));
    }

    @Test
    void theOperatorRestoresAnEditedPart() {
        deploy(SPEC);
        edit(
                child(Deployment.class, "site-frontend").get(),
                deployment ->
                        deployment.edit().editSpec().withReplicas(3).endSpec().build());
        eventually(() -> assertThat(
                        child(Deployment.class, "site-frontend").get().getSpec().getReplicas())
                .isEqualTo(1));
    }

    @Test
    void theOperatorDeletesUnusedPartsAndKeepsTheirClaims() {
        deploy(SPEC);
        var password = child(Secret.class, "site-postgres").get().getData();
        apply("site", BACKEND_ONLY);
        eventually(
                () -> assertThat(child(Deployment.class, "site-frontend").get()).isNull());
        assertThat(selector()).containsEntry("app.kubernetes.io/name", "recordsponge");
        assertThat(child(Deployment.class, "site-postgres").get())
                .as("the server that old pods use until the rollout is complete")
                .isNotNull();
        assertThat(egressPorts("site-backend")).containsExactly(5432);

        rollOut("site");
        eventually(() -> assertThat(Stream.of("site-postgres", "site-frontend")
                        .map(name -> child(Deployment.class, name).get()))
                .containsOnlyNulls());
        eventually(() -> assertThat(egressPorts("site-backend")).isEmpty());
        assertThat(child(PersistentVolumeClaim.class, "site-postgres").get()).isNotNull();
        assertThat(child(PersistentVolumeClaim.class, "site-node-modules").get())
                .isNotNull();

        apply("site", SPEC);
        eventually(
                () -> assertThat(child(Deployment.class, "site-postgres").get()).isNotNull());
        assertThat(child(Secret.class, "site-postgres").get().getData()).isEqualTo(password);
    }

    private List<Integer> egressPorts(String policy) {
        return child(NetworkPolicy.class, policy).get().getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    @Test
    void theStoragePolicyDecidesWhetherClaimsGoWithTheEnvironment() {
        var deleted = SPEC.replace("postgres: {}", "postgres: {}, storagePolicy: Delete");
        deploy(deleted);
        assertThat(child(PersistentVolumeClaim.class, "site-postgres")
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .extracting(owner -> owner.getName())
                .containsExactly("site");
        assertThat(child(Secret.class, "site-postgres").get().getMetadata().getOwnerReferences())
                .hasSize(1);

        apply("site", SPEC);
        eventually(() -> assertThat(child(PersistentVolumeClaim.class, "site-postgres")
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .isEmpty());
    }

    static Stream<String> waysNotToRequestThePostgres() {
        return Stream.of(
                SPEC + "suspend: true\n",
                SPEC.replace("claimName: tree", "claimName: elsewhere"),
                BACKEND_ONLY,
                BACKEND_ONLY.replaceFirst("dev: .*", ""));
    }

    /** The garbage collector would delete the database that the spec says to retain. */
    @ParameterizedTest
    @MethodSource("waysNotToRequestThePostgres")
    void nothingGoesWithAnEnvironmentThatNoLongerSaysDelete(String spec) {
        deploy(SPEC.replace("postgres: {}", "postgres: {}, storagePolicy: Delete"));
        apply("site", spec);
        eventually(() -> {
            isNotOwned(child(PersistentVolumeClaim.class, "site-postgres").get());
            isNotOwned(child(PersistentVolumeClaim.class, "site-node-modules").get());
            isNotOwned(child(Secret.class, "site-postgres").get());
        });
    }

    private static void isNotOwned(HasMetadata object) {
        assertThat(object.getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void aRefusedExpansionBlocksNothingElse() {
        deploy(SPEC);
        bind("site-postgres");
        apply(
                "site",
                SPEC.replace("postgres: {}", "postgres: {storage: 2Gi}") + "env: [{name: LEVEL, value: debug}]\n");
        assertThat(awaitCondition("site", "DevelopmentReady", "False", "ExpansionRefused")
                        .getMessage())
                .contains(
                        "PersistentVolumeClaim site-postgres keeps its size of 1Gi",
                        "set dev.postgres.storage back to 1Gi");
        eventually(() -> assertThat(
                        template("site").getSpec().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .contains("LEVEL"));
        apply("site", SPEC);
        awaitCondition("site", "DevelopmentReady", "True", "Available");
    }

    @Test
    void theSiteMovesToTheFrontEndOnceThatIsAvailable() {
        createForeignClaim("tree");
        apply("site", SPEC);
        rollOut("site");
        eventually(() -> assertThat(selector()).containsEntry("app.kubernetes.io/name", "recordsponge"));
        rollOut("site-frontend");
        eventually(() -> assertThat(selector()).containsEntry("app.kubernetes.io/name", "recordsponge-frontend"));
        apply("site", BACKEND_ONLY);
        eventually(() -> assertThat(selector()).containsEntry("app.kubernetes.io/name", "recordsponge"));
    }

    private Map<String, String> selector() {
        return unique(Service.class, "site", "").get().getSpec().getSelector();
    }

    @Test
    void suspendingStopsEveryPart() {
        deploy(SPEC);
        apply("site", SPEC + "suspend: true\n");
        Stream.of("site", "site-frontend", "site-postgres").forEach(this::scaleToZero);
        awaitCondition("site", "Suspended", "True", "Suspended");
        assertThat(child(PersistentVolumeClaim.class, "site-postgres").get()).isNotNull();
    }

    @Test
    void anUnchangedEnvironmentCausesNoWrites() {
        deploy(SPEC);
        eventually(() -> assertThat(selector()).containsEntry("app.kubernetes.io/name", "recordsponge-frontend"));
        awaitCondition("site", "DatabaseReady", "True", "LoggedIn");
        awaitCondition("site", "RouteReady", "False", "AddressPending");
        var mark = SERVER.audit().mark();
        // A change that requires a reconciliation and no write.
        edit(child(Secret.class, "site-postgres").get(), secret -> {
            secret.getMetadata().setAnnotations(Map.of("example.org/note", "unchanged"));
            return secret;
        });
        apply("other", BACKEND_ONLY.replace("dev.", "other."));
        awaitCondition("other", "DevelopmentReady", "True", "Available");
        assertThat(SERVER.audit().operatorWrites(mark)).noneMatch(write -> write.contains("/site-"));
    }
}
