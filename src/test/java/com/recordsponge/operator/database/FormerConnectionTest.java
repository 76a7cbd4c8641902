package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.PodParts.Destination;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While a new value of the database waits, the operator guards what running pods connect with. */
class FormerConnectionTest {

    private static final Optional<LoginResult> REFUSED =
            Optional.of(LoginResult.failure(Reason.AUTHENTICATION_FAILED, "refused"));

    private static final EnvironmentStatus SERVED = new EnvironmentStatus.Builder()
            .history(List.of(new EnvironmentStatus.Deployed(
                    EnvironmentFixture.DIGEST,
                    "recordsponge/expungeservice:staging",
                    "2026-01-01T00:00:00Z",
                    null,
                    null)))
            .build(1, List.of());

    /** A site that runs, and then gets a value that the server refuses. */
    private static EnvironmentFixture changed(
            EnvironmentFixture site, Consumer<List<HasMetadata>> edit, UnaryOperator<EnvironmentFixture> change) {
        var before = site.plan();
        var objects = DatabaseObjects.of(before);
        edit.accept(objects);
        site.owns(objects).owns(WorkloadObjects.of(before));
        return change.apply(site.login(REFUSED));
    }

    private static EnvironmentFixture changed(EnvironmentFixture site, UnaryOperator<EnvironmentFixture> change) {
        return changed(site, _ -> {}, change);
    }

    private static List<String> yaml(EnvironmentPlan plan) {
        return DatabaseObjects.of(plan).stream().map(Serialization::asYaml).toList();
    }

    private static EnvironmentFixture withOtherHost(EnvironmentFixture site) {
        return site.with("database.host", "10.42.0.2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("com.recordsponge.operator.database.DatabaseFindingTest#newValues")
    void theObjectsOfRunningPodsRemainPlanned(String what, UnaryOperator<EnvironmentFixture> change) {
        var before = yaml(environment().withDatabase().plan());
        assertThat(yaml(changed(environment().withDatabase(), change).plan()))
                .hasSize(3)
                .isEqualTo(before);
    }

    @Test
    void theObjectsRemainPlannedWithoutUsableCredentials() {
        var before = yaml(environment().withDatabase().plan());
        var site = changed(
                environment().withDatabase(), running -> running.with("database.credentialsSecretRef", "{name: typo}"));
        assertThat(yaml(site.plan())).isEqualTo(before);
    }

    @Test
    void theyRemainPlannedForAVerifiedServer() {
        var before = yaml(environment().withVerifiedDatabase().plan());
        var site = changed(environment().withVerifiedDatabase(), running -> running.with("database.port", "5433"));
        assertThat(yaml(site.plan())).isEqualTo(before);
    }

    /** Somebody whose site does not get a new value may hope that deleting the Deployment helps. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("com.recordsponge.operator.database.DatabaseFindingTest#newValues")
    void aDeletedDeploymentReturnsWithTheFormerConnection(String what, UnaryOperator<EnvironmentFixture> change) {
        var before = environment().withDatabase().plan();
        var site = change.apply(withoutDeployment(environment().withDatabase()).status(SERVED));
        assertThat(site.plan().blocked(WORKLOAD)).isFalse();
        assertThat(secrets(site.plan())).isEqualTo(secrets(before));
        assertThat(yaml(site.plan())).isEqualTo(yaml(before));
        assertThat(site.finding(DATABASE).permitsReady()).isFalse();
    }

    @Test
    void soItDoesForAVerifiedServer() {
        var before = environment().withVerifiedDatabase().plan();
        var site = withoutDeployment(environment().withVerifiedDatabase())
                .status(SERVED)
                .with("database.port", "5433");
        assertThat(secrets(site.plan())).isEqualTo(secrets(before));
        assertThat(yaml(site.plan())).isEqualTo(yaml(before));
    }

    @Test
    void theFirstPodsOfASiteNeverGetAValueThatTheSpecNoLongerHas() {
        var site = withOtherHost(withoutDeployment(environment().withDatabase()));
        assertThat(site.plan().blocked(WORKLOAD)).isTrue();
    }

    @Test
    void noDeploymentReturnsWithAnEditedConnection() {
        var objects = DatabaseObjects.of(environment().withDatabase().plan());
        objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .forEach(secret -> secret.getData().put("PGPASSWORD", "b3RoZXI="));
        var site = environment().withDatabase().owns(objects).status(SERVED).login(REFUSED);
        assertThat(withOtherHost(site).plan().blocked(WORKLOAD)).isTrue();
    }

    private static EnvironmentFixture withoutDeployment(EnvironmentFixture site) {
        var plan = site.plan();
        var others = WorkloadObjects.of(plan).stream()
                .filter(object -> !(object instanceof Deployment))
                .toList();
        return site.owns(DatabaseObjects.of(plan)).owns(others).login(REFUSED);
    }

    private static Set<String> secrets(EnvironmentPlan plan) {
        return SecretsInUse.names(
                        WorkloadObjects.deployment(plan).getSpec().getTemplate().getSpec())
                .collect(Collectors.toSet());
    }

    @Test
    void anEditedAddressIsPutBack() {
        var before = yaml(environment().withDatabase().plan());
        var site = changed(
                environment().withDatabase(), FormerConnectionTest::editSlice, FormerConnectionTest::withOtherHost);
        assertThat(yaml(site.plan())).isEqualTo(before);
    }

    private static void editSlice(List<HasMetadata> objects) {
        objects.stream()
                .filter(EndpointSlice.class::isInstance)
                .map(EndpointSlice.class::cast)
                .forEach(slice -> slice.getEndpoints().getFirst().setAddresses(List.of("192.0.2.66")));
    }

    @Test
    void anEditedAnnotationIsPutBack() {
        var before = yaml(environment().withDatabase().plan());
        var site = changed(
                environment().withDatabase(), FormerConnectionTest::editSecret, FormerConnectionTest::withOtherHost);
        assertThat(yaml(site.plan())).isEqualTo(before);
    }

    private static void editSecret(List<HasMetadata> objects) {
        objects.stream().filter(Secret.class::isInstance).forEach(secret -> secret.getMetadata()
                .getAnnotations()
                .put("recordsponge.com/connection-host", "192.0.2.66"));
    }

    /** The new server could be anybody's. */
    @Test
    void noObjectLeadsPodsToAServerThatRefusesThem() {
        var site = changed(environment().withDatabase(), FormerConnectionTest::withOtherHost);
        assertThat(yaml(site.plan())).noneMatch(yaml -> yaml.contains("10.42.0.2"));
        assertThat(site.plan().pods().destinations()).containsExactly(new Destination(List.of("10.42.0.1"), 5432));
    }

    @Test
    void thePolicyFollowsTheNameOfTheDatabaseThatPodsUse() {
        var named = environment()
                .withDatabase()
                .with("database.host", "db.internal")
                .databaseAt("192.0.2.5");
        var site = changed(named, FormerConnectionTest::withOtherHost);
        assertThat(site.plan().pods().destinationsKnown())
                .as("after a restart of the operator")
                .isFalse();
        site.formerDatabaseAt("192.0.2.6");
        assertThat(site.plan().pods().destinations()).containsExactly(new Destination(List.of("192.0.2.6"), 5432));
    }
}
