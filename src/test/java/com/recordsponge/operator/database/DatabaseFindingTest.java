package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.plan.SecretsInUse;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseFindingTest {

    private static final Optional<LoginResult> PENDING = Optional.empty();
    private static final Optional<LoginResult> LOGGED_IN =
            Optional.of(LoginResult.success("app logs in to record_expunge.", "17.5", List.of("10.42.0.1")));
    private static final Optional<LoginResult> REFUSED = Optional.of(
            LoginResult.failure(Reason.AUTHENTICATION_FAILED, "10.42.0.1:5432 refuses the password of app."));

    private static EnvironmentFixture site(Optional<LoginResult> login) {
        return environment().withDatabase().login(login);
    }

    private static EnvironmentFixture site(Optional<LoginResult> login, String before) {
        var condition = new ConditionBuilder()
                .withType("DatabaseReady")
                .withStatus(before)
                .withReason("LoggedIn")
                .withMessage("as before")
                .build();
        return site(login).status(new EnvironmentStatus.Builder().build(1, List.of(condition)));
    }

    @Test
    void aSuccessfulLoginBlocksNoWorkload() {
        assertThat(site(LOGGED_IN).plan().blocked(Component.WORKLOAD)).isFalse();
    }

    @Test
    void aSuccessfulLoginIsReady() {
        assertThat(site(LOGGED_IN).finding(DATABASE))
                .isEqualTo(Finding.ready(DATABASE, Reason.LOGGED_IN, "app logs in to record_expunge."));
    }

    @Test
    void aFailedLoginBlocksTheWorkload() {
        assertThat(site(REFUSED).plan().blocked(Component.WORKLOAD)).isTrue();
    }

    @Test
    void aFailedLoginIsReported() {
        assertThat(site(REFUSED).finding(DATABASE))
                .isEqualTo(Finding.failing(
                        DATABASE, Reason.AUTHENTICATION_FAILED, "10.42.0.1:5432 refuses the password of app."));
    }

    @Test
    void theWorkloadWaitsForTheFirstLogin() {
        assertThat(site(PENDING).plan().blocked(Component.WORKLOAD)).isTrue();
    }

    @Test
    void theFirstLoginIsReportedAsInProgress() {
        assertThat(site(PENDING).finding(DATABASE))
                .isEqualTo(new Finding(
                        DATABASE,
                        "Unknown",
                        Reason.CONNECTING,
                        "The first login is in progress.",
                        Finding.Kind.WORKING));
    }

    @Test
    void aReadyDatabaseStaysReadyAfterARestart() {
        assertThat(site(PENDING, "True").finding(DATABASE))
                .isEqualTo(Finding.ready(DATABASE, Reason.LOGGED_IN, "as before"));
    }

    @Test
    void aDatabaseIsUnknownAfterAnEdit() {
        var edited = site(PENDING, "True").written(Instant.EPOCH);
        assertThat(edited.finding(DATABASE).status()).isEqualTo("Unknown");
    }

    /** The site after a login succeeded, the operator applied the plan, and then something happened to the server. */
    private static EnvironmentFixture running(Optional<LoginResult> login) {
        var before = site(LOGGED_IN).plan();
        return site(login).owns(DatabaseObjects.of(before)).owns(WorkloadObjects.of(before));
    }

    @Test
    void aLoginThatFailsLaterIsAWarningAndBlocksNothing() {
        assertThat(running(REFUSED).plan().blocked(Component.WORKLOAD)).isFalse();
        assertThat(running(REFUSED).finding(DATABASE))
                .isEqualTo(Finding.warning(
                        DATABASE, Reason.AUTHENTICATION_FAILED, "10.42.0.1:5432 refuses the password of app."));
    }

    @Test
    void aLoginThatIsPendingAfterARestartBlocksNothing() {
        assertThat(running(PENDING).plan().blocked(Component.WORKLOAD)).isFalse();
        assertThat(running(PENDING).finding(DATABASE).permitsReady()).isTrue();
        assertThat(running(PENDING).finding(DATABASE).status()).isEqualTo("Unknown");
    }

    @Test
    void aRestartedOperatorKeepsAReportedFailureUntilItHasLoggedIn() {
        var failed = new ConditionBuilder()
                .withType("DatabaseReady")
                .withStatus("False")
                .withReason("TooManyConnections")
                .withMessage("as it was")
                .build();
        var site = running(PENDING).status(new EnvironmentStatus.Builder().build(1, List.of(failed)));
        assertThat(site.finding(DATABASE))
                .isEqualTo(Finding.warning(DATABASE, Reason.TOO_MANY_CONNECTIONS, "as it was"));
    }

    /** The Secret exists again, or else there would be no connection. */
    @Test
    void aRestartedOperatorForgetsAFailureOfAnotherKind() {
        var failed = new ConditionBuilder()
                .withType("DatabaseReady")
                .withStatus("False")
                .withReason("SecretNotFound")
                .withMessage("as it was")
                .build();
        var site = running(PENDING).status(new EnvironmentStatus.Builder().build(1, List.of(failed)));
        assertThat(site.finding(DATABASE).status()).isEqualTo("Unknown");
    }

    static Stream<Arguments> newValues() {
        return Stream.of(
                Arguments.of(
                        "address", (UnaryOperator<EnvironmentFixture>) site -> site.with("database.host", "10.42.0.2")),
                Arguments.of("port", (UnaryOperator<EnvironmentFixture>) site -> site.with("database.port", "5433")),
                Arguments.of("sslMode", (UnaryOperator<EnvironmentFixture>)
                        site -> site.with("database.sslMode", "require")),
                Arguments.of("CA certificate", (UnaryOperator<EnvironmentFixture>)
                        site -> site.with("database.sslMode", "verify-ca")
                                .with("database.caSecretRef", "{name: db-ca, key: ca.crt}")
                                .secret("db-ca", Map.of("ca.crt", "other"))),
                Arguments.of("password", (UnaryOperator<EnvironmentFixture>)
                        site -> site.secret("credentials", Map.of("username", "app", "password", "new"))),
                Arguments.of("user name", (UnaryOperator<EnvironmentFixture>)
                        site -> site.secret("credentials", Map.of("username", "other", "password", "pa55word"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("newValues")
    void aNewValueWaitsForItsLogin(String what, UnaryOperator<EnvironmentFixture> change) {
        var before = secrets(running(LOGGED_IN));
        assertThat(secrets(change.apply(running(REFUSED)))).isEqualTo(before);
        assertThat(secrets(change.apply(running(PENDING)))).isEqualTo(before);
        assertThat(secrets(created(change.apply(running(LOGGED_IN))))).isNotEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("newValues")
    void nothingElseWaitsWithIt(String what, UnaryOperator<EnvironmentFixture> change) {
        var site = change.apply(running(REFUSED));
        assertThat(site.plan().blocked(Component.WORKLOAD)).isFalse();
        assertThat(site.plan().pods().destinations())
                .as("the policy keeps the database of the pods")
                .isEqualTo(running(LOGGED_IN).plan().pods().destinations());
        assertThat(site.finding(DATABASE).permitsReady()).isFalse();
    }

    /** The objects of the connections exist. */
    private static EnvironmentFixture created(EnvironmentFixture site) {
        return site.owns(DatabaseObjects.of(site.plan()));
    }

    /** The Secrets that new pods would read. */
    private static Set<String> secrets(EnvironmentFixture site) {
        var deployment = WorkloadObjects.deployment(site.plan());
        return SecretsInUse.names(deployment.getSpec().getTemplate().getSpec()).collect(Collectors.toSet());
    }

    /** A site without database that is running, and then gets one. */
    private static EnvironmentFixture connected(Optional<LoginResult> login) {
        return site(login).owns(WorkloadObjects.of(environment().plan()));
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("refused", connected(REFUSED)),
                Arguments.of("pending", connected(PENDING)),
                Arguments.of("credentials not found", connected(PENDING).withoutSecret("credentials")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void podsWithoutADatabaseWaitForNoLogin(String what, EnvironmentFixture site) {
        var plan = site.with("replicas", "3")
                .with("image", "other@" + EnvironmentFixture.DIGEST)
                .plan();
        assertThat(plan.blocked(Component.WORKLOAD)).isFalse();
        var deployment = WorkloadObjects.deployment(plan).getSpec();
        assertThat(deployment.getReplicas()).isEqualTo(3);
        assertThat(deployment.getTemplate().getSpec().getContainers().getFirst().getImage())
                .startsWith("other@");
        assertThat(secrets(site)).isEqualTo(secrets(environment()));
        assertThat(plan.pods().destinations()).as("the policy remains").isEmpty();
        assertThat(site.finding(DATABASE).permitsReady()).isFalse();
    }

    @Test
    void podsWithoutADatabaseGetItAfterItsLogin() {
        assertThat(secrets(created(connected(LOGGED_IN)))).isEqualTo(secrets(site(LOGGED_IN)));
    }

    /** Whatever it starts next are its first pods. */
    @Test
    void aSiteScaledToZeroWaitsForTheLogin() {
        var site = site(REFUSED)
                .owns(WorkloadObjects.of(environment().with("replicas", "0").plan()));
        assertThat(site.plan().blocked(Component.WORKLOAD)).isTrue();
    }

    static Stream<Arguments> spoiltCredentials() {
        return Stream.of(
                Arguments.of("deleted", (UnaryOperator<EnvironmentFixture>) site -> site.withoutSecret("credentials")),
                Arguments.of("incomplete", (UnaryOperator<EnvironmentFixture>)
                        site -> site.secret("credentials", Map.of("username", "app"))),
                Arguments.of("invalid", (UnaryOperator<EnvironmentFixture>)
                        site -> site.secret("credentials", Map.of("username", "app", "password", "two\nlines"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoiltCredentials")
    void podsKeepTheCredentialsOfASecretThatIsSpoiltLater(String what, UnaryOperator<EnvironmentFixture> change) {
        var site = change.apply(running(LOGGED_IN));
        assertThat(secrets(site)).isEqualTo(secrets(running(LOGGED_IN)));
        assertThat(site.plan().blocked(Component.WORKLOAD)).isFalse();
        assertThat(site.finding(DATABASE).kind()).isEqualTo(Finding.Kind.WARNING);
        assertThat(site.finding(DATABASE).message())
                .contains(
                        "Secret credentials", "Pods use the copy of its last usable content, Secret staging-database-");
    }

    @Test
    void credentialsOfAnotherSecretAreNoSubstitute() {
        var site = running(LOGGED_IN).with("database.credentialsSecretRef", "{name: typo}");
        assertThat(site.finding(DATABASE).kind()).isEqualTo(Finding.Kind.FAILING);
        assertThat(secrets(site)).isEqualTo(secrets(running(LOGGED_IN)));
    }

    /** The Secret does not contain the certificate, and pods at an address see only the operator's Service. */
    @Test
    void anotherCaCertificateOfTheSameSecretWaitsForItsLogin() {
        var before = environment().withVerifiedDatabase().login(LOGGED_IN).plan();
        var site = environment()
                .withVerifiedDatabase()
                .owns(DatabaseObjects.of(before))
                .owns(WorkloadObjects.of(before))
                .login(REFUSED);
        var names = secrets(site);
        site.secret("db-ca", Map.of("ca.crt", "another"));
        assertThat(secrets(site)).isEqualTo(names);
        assertThat(secrets(created(site.login(LOGGED_IN)))).isNotEqualTo(names);
    }

    @Test
    void podsKeepACaCertificateWhoseSecretIsDeletedLater() {
        var before = environment().withVerifiedDatabase().login(LOGGED_IN).plan();
        var site = environment()
                .withVerifiedDatabase()
                .owns(DatabaseObjects.of(before))
                .owns(WorkloadObjects.of(before));
        var names = secrets(site);
        site.withoutSecret("db-ca");
        assertThat(secrets(site)).isEqualTo(names);
        assertThat(site.finding(DATABASE).kind()).isEqualTo(Finding.Kind.WARNING);
    }

    /** Its NetworkPolicy does not exist either, and needs the address of a login. */
    @Test
    void aFirstPodWaitsForALoginEvenIfTheSecretExists() {
        var site = site(PENDING).owns(DatabaseObjects.of(site(LOGGED_IN).plan()));
        assertThat(site.plan().blocked(Component.WORKLOAD)).isTrue();
    }

    @Test
    void aSecretThatSomebodyElseCreatedProvesNothing() {
        var before = site(LOGGED_IN).plan();
        var foreign = DatabaseObjects.of(before);
        var site = site(PENDING).owns(WorkloadObjects.of(before)).finds(foreign);
        assertThat(site.plan().blocked(Component.WORKLOAD)).isTrue();
    }

    @Test
    void aServerAtAnAddressStaysReachableWhileItsLoginFails() {
        assertThat(running(REFUSED).plan().pods().destinationsKnown()).isTrue();
    }

    @Test
    void aFailedDatabaseIsUnknownAfterARestart() {
        assertThat(site(PENDING, "False").finding(DATABASE).status()).isEqualTo("Unknown");
    }

    @Test
    void aFailureOfAReadyDatabaseIsReported() {
        assertThat(site(REFUSED, "True").finding(DATABASE).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(site(PENDING, "True")
                        .withoutSecret("credentials")
                        .finding(DATABASE)
                        .reason())
                .isEqualTo(Reason.SECRET_NOT_FOUND);
    }

    @Test
    void aForeignConnectionSecretIsReported() {
        var site = site(LOGGED_IN, "True");
        var plan = site.plan()
                .with(List.of(new Blocker(DATABASE, Reason.CONFLICTING_OBJECT, "Secret staging-database exists.")));
        assertThat(site.finding(DATABASE, Instant.EPOCH, plan).reason()).isEqualTo(Reason.CONFLICTING_OBJECT);
    }
}
