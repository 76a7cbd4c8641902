package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
