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

    private static final Optional<LoginResult> NOT_YET = Optional.empty();
    private static final Optional<LoginResult> WORKS =
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
                .withMessage("as it was")
                .build();
        return site(login).status(new EnvironmentStatus.Builder().build(1, List.of(condition)));
    }

    @Test
    void aLoginIsReadyAndBlocksNothing() {
        assertThat(site(WORKS).plan().blocked(Component.WORKLOAD)).isFalse();
        assertThat(site(WORKS).finding(DATABASE))
                .isEqualTo(Finding.ready(DATABASE, Reason.LOGGED_IN, "app logs in to record_expunge."));
    }

    @Test
    void aFailedLoginIsReportedAndBlocksTheWorkload() {
        assertThat(site(REFUSED).plan().blocked(Component.WORKLOAD)).isTrue();
        assertThat(site(REFUSED).finding(DATABASE))
                .isEqualTo(Finding.failing(
                        DATABASE, Reason.AUTHENTICATION_FAILED, "10.42.0.1:5432 refuses the password of app."));
    }

    @Test
    void theWorkloadWaitsForTheFirstLogin() {
        assertThat(site(NOT_YET).plan().blocked(Component.WORKLOAD)).isTrue();
        assertThat(site(NOT_YET).finding(DATABASE))
                .isEqualTo(new Finding(
                        DATABASE,
                        "Unknown",
                        Reason.CONNECTING,
                        "The first login is in progress.",
                        Finding.Kind.WORKING));
    }

    @Test
    void whatWasReadyStaysReadyUntilARestartedOperatorHasLoggedIn() {
        assertThat(site(NOT_YET, "True").finding(DATABASE))
                .isEqualTo(Finding.ready(DATABASE, Reason.LOGGED_IN, "as it was"));
    }

    @Test
    void whatWasReadyForAnOlderSpecIsUnknown() {
        var edited = site(NOT_YET, "True").written(Instant.EPOCH);
        assertThat(edited.finding(DATABASE).status()).isEqualTo("Unknown");
    }

    @Test
    void whatWasNotReadyIsUnknownUntilTheLogin() {
        assertThat(site(NOT_YET, "False").finding(DATABASE).status()).isEqualTo("Unknown");
    }

    @Test
    void aFailureIsReportedWhateverWasTrueBefore() {
        assertThat(site(REFUSED, "True").finding(DATABASE).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(site(NOT_YET, "True")
                        .withoutSecret("credentials")
                        .finding(DATABASE)
                        .reason())
                .isEqualTo(Reason.SECRET_NOT_FOUND);
    }

    @Test
    void aForeignConnectionSecretIsReportedDespiteAWorkingLogin() {
        var site = site(WORKS, "True");
        var plan = site.plan()
                .with(List.of(new Blocker(DATABASE, Reason.CONFLICTING_OBJECT, "Secret staging-database exists.")));
        assertThat(site.finding(DATABASE, Instant.EPOCH, plan).reason()).isEqualTo(Reason.CONFLICTING_OBJECT);
    }
}
