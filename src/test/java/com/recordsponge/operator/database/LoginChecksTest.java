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

/** Logins happen beside the reconciliations, and no more often than they must. */
class LoginChecksTest {

    private static final ResourceID STAGING = new ResourceID("staging", "recordsponge");
    private static final RecordSpongeEnvironment STAGING_SITE =
            environment().withDatabase().build();
    private static final RecordSpongeEnvironment PROD_SITE =
            environment().named("prod").withDatabase().build();
    private static final DatabaseConnection DATABASE = connection(environment().withDatabase());
    private static final DatabaseConnection ROTATED = connection(
            environment().withDatabase().secret("credentials", Map.of("username", "app", "password", "new")));

    private static final LoginResult WORKS = LoginResult.success("works", "17.5", List.of("10.42.0.1"));
    private static final LoginResult REFUSED = LoginResult.failure(Reason.AUTHENTICATION_FAILED, "refused");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<DatabaseConnection> logins = new CopyOnWriteArrayList<>();
    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(100);
    private volatile Supplier<LoginResult> answer = () -> WORKS;
    private LoginChecks checks;

    private static DatabaseConnection connection(EnvironmentFixture environment) {
        return DatabaseObjects.connection(environment.plan()).orElseThrow();
    }

    @BeforeEach
    void anOperatorStarts() {
        checks = new LoginChecks(this::tryLogin, clock, new DefaultSettings());
        checks.setEventHandler((Event event) -> woken.add(event.getRelatedCustomResourceID()));
        checks.start();
    }

    private LoginResult tryLogin(DatabaseConnection database) {
        logins.add(database);
        answers.acquireUninterruptibly();
        return answer.get();
    }

    /** Asks, and waits until the login that this starts has woken the environment. */
    private void check(DatabaseConnection database) {
        var before = woken.size();
        checks.result(STAGING_SITE, database);
        await().until(() -> woken.size() > before);
    }

    private void serverHangs() {
        answers.drainPermits();
    }

    @Test
    void nothingIsKnownUntilTheFirstLoginEndsAndWakesItsEnvironment() {
        serverHangs();
        assertThat(checks.result(STAGING_SITE, DATABASE)).isEmpty();
        assertThat(woken).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(woken).containsExactly(STAGING));
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(WORKS);
    }

    @Test
    void aServerThatHangsIsAskedOnceAndKeepsNobodyElseWaiting() {
        serverHangs();
        checks.result(STAGING_SITE, DATABASE);
        checks.result(STAGING_SITE, DATABASE);
        checks.result(STAGING_SITE, ROTATED);
        checks.result(PROD_SITE, ROTATED);
        await().untilAsserted(() -> assertThat(logins).containsExactlyInAnyOrder(DATABASE, ROTATED));
    }

    @Test
    void aFreshResultIsNotAskedForAgain() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(WORKS);
        check(ROTATED); // had the line above started a login, it would be seen now
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void aWorkingLoginIsCheckedAgainInTimeAndGoodMeanwhile() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5));
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(WORKS);
        await().untilAsserted(
                        () -> assertThat(checks.result(STAGING_SITE, DATABASE)).contains(REFUSED));
        await().untilAsserted(() -> assertThat(woken).containsExactly(STAGING, STAGING));
    }

    @Test
    void aFailingLoginIsRetriedSoon() {
        answer = () -> REFUSED;
        check(DATABASE);
        assertThat(checks.recheckAfter(REFUSED)).hasSeconds(10);
        clock.pass(Duration.ofSeconds(10));
        answer = () -> WORKS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(WORKS);
    }

    @Test
    void aFailingLoginIsNotRetriedAtOnce() {
        answer = () -> REFUSED;
        check(DATABASE);
        clock.pass(Duration.ofSeconds(9));
        checks.result(STAGING_SITE, DATABASE);
        check(ROTATED);
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void newCredentialsAreTriedAtOnceAndTheOldResultIsNotTheirs() {
        check(DATABASE);
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING_SITE, ROTATED)).isEmpty();
        await().untilAsserted(
                        () -> assertThat(checks.result(STAGING_SITE, ROTATED)).contains(REFUSED));
    }

    @Test
    void oneEnvironmentsResultIsNotAnothers() {
        check(DATABASE);
        serverHangs();
        assertThat(checks.result(PROD_SITE, DATABASE)).isEmpty();
    }

    @Test
    void aCheckThatThrowsIsAResultAndDoesNotEndTheChecks() {
        answer = () -> {
            throw new IllegalStateException("with the password pa55word in it");
        };
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).hasValueSatisfying(result -> {
            assertThat(result.loggedIn()).isFalse();
            assertThat(result.message()).isEqualTo("The login check failed; see the operator's log.");
        });
        clock.pass(Duration.ofSeconds(10));
        answer = () -> WORKS;
        check(DATABASE);
        assertThat(checks.result(STAGING_SITE, DATABASE)).contains(WORKS);
    }

    @Test
    void anEnvironmentThatIsMadeAnewIsAskedForAnew() {
        check(DATABASE);
        checks.onResourceDeleted(STAGING_SITE);
        serverHangs();
        assertThat(checks.result(STAGING_SITE, DATABASE)).isEmpty();
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
    }
}
