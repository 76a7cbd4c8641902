package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.DefaultSettings;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.support.MutableClock;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Login checks run in the background, and no more often than necessary. */
class LoginChecksTest {

    private static final ResourceID STAGING = new ResourceID("staging", "recordsponge");
    private static final RecordSpongeEnvironment STAGING_SITE =
            environment().withDatabase().build();
    private static final RecordSpongeEnvironment PROD_SITE =
            environment().named("prod").withDatabase().build();
    private static final DatabaseConnection DATABASE = connection(environment().withDatabase());
    private static final DatabaseConnection ROTATED = connection(
            environment().withDatabase().secret("credentials", Map.of("username", "app", "password", "new")));

    private static final LoginResult SUCCESS = LoginResult.success("works", "17.5", List.of("10.42.0.1"));
    private static final LoginResult REFUSED = LoginResult.failure(Reason.AUTHENTICATION_FAILED, "refused");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<DatabaseConnection> logins = new CopyOnWriteArrayList<>();
    private final List<ResourceID> triggered = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(100);
    private volatile Supplier<LoginResult> answer = () -> SUCCESS;
    private LoginChecks checks;

    private static DatabaseConnection connection(EnvironmentFixture environment) {
        return DatabaseObjects.connection(environment.plan()).orElseThrow();
    }

    @BeforeEach
    void startChecks() {
        checks = new LoginChecks(this::tryLogin, clock, new DefaultSettings());
        checks.setEventHandler((Event event) -> triggered.add(event.getRelatedCustomResourceID()));
        checks.start();
    }

    private LoginResult tryLogin(DatabaseConnection database) {
        logins.add(database);
        answers.acquireUninterruptibly();
        return answer.get();
    }

    /** Starts a login and waits until its result triggers a reconciliation. */
    private void check(DatabaseConnection database) {
        var before = triggered.size();
        checks.result(STAGING_SITE, database);
        await().until(() -> triggered.size() > before);
    }

    private static LoginResult fail() {
        throw new IllegalStateException("with the password pa55word in it");
    }

    private void serverHangs() {
        answers.drainPermits();
    }

    @Test
    void aFinishedLoginTriggersAReconciliation() {
        serverHangs();
        assertThat(checks.result(STAGING_SITE, DATABASE)).isEmpty();
        assertThat(triggered).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(triggered).containsExactly(STAGING));
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(SUCCESS);
    }

    @Test
    void aHangingServerDelaysNoOtherEnvironment() {
        serverHangs();
        checks.result(STAGING_SITE, DATABASE);
        checks.result(STAGING_SITE, DATABASE);
        checks.result(STAGING_SITE, ROTATED);
        checks.result(PROD_SITE, ROTATED);
        await().untilAsserted(() -> assertThat(logins).containsExactlyInAnyOrder(DATABASE, ROTATED));
    }

    @Test
    void theOperatorReusesARecentResult() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(SUCCESS);
        check(ROTATED); // a login started by the line above would be recorded by now
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void aResultIsValidUntilItsRecheckEnds() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5));
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(SUCCESS);
        await().untilAsserted(
                        () -> assertThat(checks.result(STAGING_SITE, DATABASE)).contains(REFUSED));
        await().untilAsserted(() -> assertThat(triggered).containsExactly(STAGING, STAGING));
    }

    @Test
    void theOperatorRetriesAFailedLogin() {
        answer = () -> REFUSED;
        check(DATABASE);
        assertThat(checks.recheckAfter(REFUSED)).hasSeconds(10);
        clock.pass(Duration.ofSeconds(10));
        answer = () -> SUCCESS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(SUCCESS);
    }

    @Test
    void theOperatorWaitsBeforeARetry() {
        answer = () -> REFUSED;
        check(DATABASE);
        clock.pass(Duration.ofSeconds(9));
        checks.result(STAGING_SITE, DATABASE);
        check(ROTATED);
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void theOperatorChecksNewCredentialsImmediately() {
        check(DATABASE);
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, ROTATED)).isEmpty();
        await().untilAsserted(
                        () -> assertThat(checks.result(STAGING_SITE, ROTATED)).contains(REFUSED));
    }

    @Test
    void environmentsDoNotShareResults() {
        check(DATABASE);
        serverHangs();
        assertThat(checks.result(PROD_SITE, DATABASE)).isEmpty();
    }

    @Test
    void anExceptionIsReportedWithoutItsMessage() {
        answer = LoginChecksTest::fail;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).hasValueSatisfying(result -> {
            assertThat(result.loggedIn()).isFalse();
            assertThat(result.message()).isEqualTo("The login check failed; see the operator's log.");
        });
    }

    @Test
    void theOperatorRetriesAfterAnException() {
        answer = LoginChecksTest::fail;
        check(DATABASE);
        clock.pass(Duration.ofSeconds(10));
        answer = () -> SUCCESS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(SUCCESS);
    }

    @Test
    void aRecreatedEnvironmentIsCheckedAgain() {
        check(DATABASE);
        checks.onResourceDeleted(STAGING_SITE);
        serverHangs();
        assertThat(checks.result(STAGING_SITE, DATABASE)).isEmpty();
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
    }
}
