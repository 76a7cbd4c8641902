package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.EnvironmentPlan;
import com.recordsponge.operator.plan.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseFindingTest {

    private static final Optional<LoginResult> NOT_YET = Optional.empty();
    private static final Optional<LoginResult> WORKS =
            Optional.of(LoginResult.success("app logs in to record_expunge.", "17.5", List.of("10.42.0.1")));
    private static final Optional<LoginResult> REFUSED =
            Optional.of(LoginResult.failure("AuthenticationFailed", "10.42.0.1:5432 refuses the password of app."));

    private static final Optional<Condition> NOTHING_BEFORE = Optional.empty();

    private static EnvironmentPlan plan(Optional<LoginResult> login) {
        var plan = environment().withDatabase().plan();
        return DatabaseFinding.problem(login).map(plan::with).orElse(plan);
    }

    private static Optional<Condition> before(String status) {
        return Optional.of(new ConditionBuilder()
                .withType("DatabaseReady")
                .withStatus(status)
                .withReason("LoggedIn")
                .withMessage("as it was")
                .build());
    }

    @Test
    void aLoginIsReadyAndHoldsNothingUp() {
        assertThat(plan(WORKS).blocked(Component.WORKLOAD)).isFalse();
        assertThat(DatabaseFinding.of(plan(WORKS), WORKS, NOTHING_BEFORE))
                .isEqualTo(Finding.ready(DATABASE, "LoggedIn", "app logs in to record_expunge."));
    }

    @Test
    void aFailedLoginIsToldAndHoldsTheWorkloadUp() {
        assertThat(plan(REFUSED).blocked(Component.WORKLOAD)).isTrue();
        assertThat(DatabaseFinding.of(plan(REFUSED), REFUSED, NOTHING_BEFORE))
                .isEqualTo(Finding.failing(
                        DATABASE, "AuthenticationFailed", "10.42.0.1:5432 refuses the password of app."));
    }

    @Test
    void theFirstLoginIsWaitedForAndNothingIsKnown() {
        assertThat(plan(NOT_YET).blocked(Component.WORKLOAD)).isTrue();
        assertThat(DatabaseFinding.of(plan(NOT_YET), NOT_YET, NOTHING_BEFORE))
                .isEqualTo(new Finding(
                        DATABASE, "Unknown", "Connecting", "The first login is under way.", Finding.Kind.WORKING));
    }

    @Test
    void whatWasReadyStaysSoWhileARestartedOperatorLooksAgain() {
        assertThat(DatabaseFinding.of(plan(NOT_YET), NOT_YET, before("True")))
                .isEqualTo(Finding.ready(DATABASE, "LoggedIn", "as it was"));
    }

    @Test
    void whatWasNotReadyIsUnknownUntilLookedAt() {
        assertThat(DatabaseFinding.of(plan(NOT_YET), NOT_YET, before("False")).status())
                .isEqualTo("Unknown");
    }

    @Test
    void aFailureIsToldWhateverWasTrueBefore() {
        assertThat(DatabaseFinding.of(plan(REFUSED), REFUSED, before("True")).reason())
                .isEqualTo("AuthenticationFailed");
        var withoutSecret =
                environment().withDatabase().withoutSecret("credentials").plan();
        assertThat(DatabaseFinding.of(withoutSecret, NOT_YET, before("True")).reason())
                .isEqualTo("SecretNotFound");
    }

    @Test
    void aConnectionSecretThatIsSomebodyElsesIsToldInSpiteOfAWorkingLogin() {
        var plan = plan(WORKS).with(new Blocker(DATABASE, "ConflictingObject", "Secret staging-database exists."));
        assertThat(DatabaseFinding.of(plan, WORKS, before("True")).reason()).isEqualTo("ConflictingObject");
    }
}
