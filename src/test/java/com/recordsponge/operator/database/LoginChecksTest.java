package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    private volatile long random; // 0 and -1 result in the lowest and the highest number
    private LoginChecks checks;

    private static DatabaseConnection connection(EnvironmentFixture environment) {
        return DatabaseObjects.connection(environment.plan()).orElseThrow();
    }

    @BeforeEach
    void startChecks() {
        checks = new LoginChecks(this::tryLogin, clock, new DefaultSettings(), () -> random);
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
        check(STAGING_SITE, database, false);
    }

    private void check(RecordSpongeEnvironment environment, DatabaseConnection database, boolean inUse) {
        var before = triggered.size();
        checks.result(environment, database, inUse);
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
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).isEmpty();
        assertThat(triggered).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(triggered).containsExactly(STAGING));
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(SUCCESS);
    }

    @Test
    void aHangingServerGetsOneLoginPerEnvironment() {
        serverHangs();
        checks.result(STAGING_SITE, DATABASE, false);
        checks.result(STAGING_SITE, DATABASE, false);
        checks.result(PROD_SITE, ROTATED, false); // a login started by the line above would be recorded by now
        await().untilAsserted(() -> assertThat(logins).containsExactlyInAnyOrder(DATABASE, ROTATED));
    }

    @Test
    void aCorrectedConnectionIsCheckedImmediately() {
        serverHangs();
        checks.result(STAGING_SITE, DATABASE, false);
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE));
        checks.result(STAGING_SITE, ROTATED, false);
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE, ROTATED));
    }

    /** The former connection's result arrives last and must not replace the corrected one's. */
    @Test
    void theResultOfAFormerConnectionIsDropped() {
        serverHangs();
        checks.result(STAGING_SITE, DATABASE, false);
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE));
        checks.result(STAGING_SITE, ROTATED, false);
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
        answers.release(2);
        await().untilAsserted(() ->
                assertThat(checks.result(STAGING_SITE, ROTATED, false)).contains(SUCCESS));
        await().untilAsserted(() -> assertThat(triggered).containsExactly(STAGING));
    }

    @Test
    void aServerGetsTwoLoginsAtATime() {
        serverHangs();
        for (var index = 0; index < 120; index++) {
            checks.result(site("site-" + index), DATABASE, true);
        }
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
        answers.release(5);
        await().untilAsserted(() -> assertThat(logins).hasSize(7));
        await().untilAsserted(() -> assertThat(triggered).hasSize(5));
        assertThat(logins).hasSize(7);
    }

    @Test
    void hangingServersDoNotDelayANewConnection() {
        serverHangs();
        for (var index = 0; index < 20; index++) {
            checks.result(site("site-" + index), at("10.42.1." + index), true);
        }
        await().untilAsserted(() -> assertThat(logins).hasSize(LoginChecks.LIMITS.repeated()));
        checks.result(STAGING_SITE, DATABASE, false);
        await().untilAsserted(() ->
                assertThat(logins).hasSize(LoginChecks.LIMITS.repeated() + 1).contains(DATABASE));
    }

    @Test
    void aNewConnectionIsCheckedBeforeThoseInUse() {
        serverHangs();
        for (var index = 0; index < 5; index++) {
            checks.result(site("site-" + index), DATABASE, true);
        }
        checks.result(STAGING_SITE, ROTATED, false);
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE, DATABASE));
        answers.release();
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE, DATABASE, ROTATED));
    }

    @Test
    void aRestartedOperatorSpreadsItsLogins() {
        random = -1;
        assertThat(checks.result(STAGING_SITE, DATABASE, true)).isEmpty();
        assertThat(checks.recheckAfter(STAGING_SITE))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(9), LoginChecks.SPREAD));
        check(PROD_SITE, ROTATED, false);
        assertThat(logins).containsExactly(ROTATED);
        clock.pass(LoginChecks.SPREAD);
        check(STAGING_SITE, DATABASE, true);
        assertThat(logins).containsExactly(ROTATED, DATABASE);
    }

    @Test
    void laterLoginsAreSpreadAsWell() {
        random = -1;
        check(DATABASE);
        assertThat(checks.recheckAfter(STAGING_SITE))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofSeconds(241)));
        random = 0;
        check(PROD_SITE, DATABASE, false);
        assertThat(checks.recheckAfter(PROD_SITE)).contains(Duration.ofMinutes(5));
    }

    private static RecordSpongeEnvironment site(String name) {
        return environment().named(name).withDatabase().build();
    }

    private static DatabaseConnection at(String address) {
        return connection(environment().withDatabase().with("database.host", address));
    }

    @Test
    void theOperatorReusesARecentResult() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(SUCCESS);
        check(ROTATED); // a login started by the line above would be recorded by now
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void aResultIsValidUntilItsRecheckEnds() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5));
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(SUCCESS);
        await().untilAsserted(() ->
                assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(REFUSED.at(List.of("10.42.0.1"))));
        await().untilAsserted(() -> assertThat(triggered).containsExactly(STAGING, STAGING));
    }

    @Test
    void theOperatorRetriesAFailedLogin() {
        answer = () -> REFUSED;
        check(DATABASE);
        assertThat(checks.recheckAfter(STAGING_SITE)).contains(Duration.ofSeconds(10));
        clock.pass(Duration.ofSeconds(10));
        answer = () -> SUCCESS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(SUCCESS);
    }

    @Test
    void theOperatorWaitsBeforeARetry() {
        answer = () -> REFUSED;
        check(DATABASE);
        clock.pass(Duration.ofSeconds(9));
        checks.result(STAGING_SITE, DATABASE, false);
        check(ROTATED);
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void theOperatorChecksNewCredentialsImmediately() {
        check(DATABASE);
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, ROTATED, false)).isEmpty();
        await().untilAsserted(() ->
                assertThat(checks.result(STAGING_SITE, ROTATED, false)).contains(REFUSED));
    }

    @Test
    void environmentsDoNotShareResults() {
        check(DATABASE);
        serverHangs();
        assertThat(checks.result(PROD_SITE, DATABASE, false)).isEmpty();
    }

    @Test
    void anExceptionIsReportedWithoutItsMessage() {
        answer = LoginChecksTest::fail;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).hasValueSatisfying(result -> {
            assertThat(result.loggedIn()).isFalse();
            assertThat(result.message()).isEqualTo("The login check failed; see the operator's log.");
        });
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException(), new StackOverflowError(), new NoClassDefFoundError(), new Error() {
                    @Override
                    public StackTraceElement[] getStackTrace() {
                        return new StackTraceElement[0]; // as of those that the JVM throws often
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theOperatorRetriesAfterAFailureOfItsOwn(Throwable failure) {
        answer = () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
        check(DATABASE);
        clock.pass(Duration.ofSeconds(10));
        answer = () -> SUCCESS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).contains(SUCCESS);
    }

    @Test
    void aRecreatedEnvironmentIsCheckedAgain() {
        check(DATABASE);
        checks.onResourceDeleted(STAGING_SITE);
        serverHangs();
        assertThat(checks.result(STAGING_SITE, DATABASE, false)).isEmpty();
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
    }

    /** Its policy would otherwise lose what somebody deletes from it until the server recovers. */
    @Test
    void aFailedLoginForgetsNoAddress() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5));
        answer = () -> REFUSED;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE, false))
                .hasValueSatisfying(result -> assertThat(result.loggedIn()).isFalse())
                .map(LoginResult::addresses)
                .contains(List.of("10.42.0.1"));
    }

    @Test
    void theConnectionOfThePodsIsCheckedAsWell() {
        check(DATABASE);
        answer = () -> REFUSED;
        check(ROTATED);
        assertThat(checks.former(STAGING_SITE, Optional.of(DATABASE)))
                .as("its result is still recent")
                .contains(SUCCESS);
        clock.pass(Duration.ofMinutes(5));
        checks.former(STAGING_SITE, Optional.of(DATABASE));
        await().untilAsserted(() -> assertThat(logins).containsExactly(DATABASE, ROTATED, DATABASE));
        await().untilAsserted(() -> assertThat(triggered).hasSize(3));
    }

    @Test
    void correctionsDoNotRepeatTheLoginOfThePods() {
        check(DATABASE);
        check(ROTATED);
        checks.former(STAGING_SITE, Optional.of(DATABASE));
        check(at("10.42.0.7"));
        assertThat(checks.former(STAGING_SITE, Optional.of(DATABASE))).contains(SUCCESS);
        assertThat(logins).containsExactly(DATABASE, ROTATED, at("10.42.0.7"));
    }

    @Test
    void aConnectionThatNoPodKeepsIsNotCheckedAgain() {
        check(DATABASE);
        answer = () -> REFUSED;
        check(ROTATED);
        assertThat(checks.former(STAGING_SITE, Optional.empty())).isEmpty();
        clock.pass(Duration.ofSeconds(9));
        assertThat(checks.recheckAfter(STAGING_SITE)).contains(Duration.ofSeconds(1));
        clock.pass(Duration.ofMinutes(5));
        check(ROTATED);
        assertThat(logins).containsExactly(DATABASE, ROTATED, ROTATED);
    }
}
