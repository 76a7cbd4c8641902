package com.recordsponge.operator.database;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.support.DefaultSettings;
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
    private static final ResourceID PROD = new ResourceID("prod", "recordsponge");
    private static final DatabaseConnection DATABASE =
            environment().withDatabase().plan().database();
    private static final DatabaseConnection ROTATED = environment()
            .withDatabase()
            .secret("credentials", Map.of("username", "app", "password", "new"))
            .plan()
            .database();

    private static final LoginResult WORKS = LoginResult.success("works", "17.5", List.of("10.42.0.1"));
    private static final LoginResult REFUSED = LoginResult.failure("AuthenticationFailed", "refused");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<DatabaseConnection> logins = new CopyOnWriteArrayList<>();
    private final List<ResourceID> woken = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(100);
    private volatile Supplier<LoginResult> answer = () -> WORKS;
    private LoginChecks checks;

    @BeforeEach
    void anOperatorStarts() {
        checks = new LoginChecks(this::tryLogin, clock, new DefaultSettings());
        checks.setEventHandler((Event event) -> woken.add(event.getRelatedCustomResourceID()));
    }

    private LoginResult tryLogin(DatabaseConnection database) {
        logins.add(database);
        answers.acquireUninterruptibly();
        return answer.get();
    }

    /** Asks, and waits until the login that this starts has woken the environment. */
    private void check(DatabaseConnection database) {
        var before = woken.size();
        checks.result(STAGING, database);
        await().until(() -> woken.size() > before);
    }

    private void serverHangs() {
        answers.drainPermits();
    }

    @Test
    void nothingIsKnownUntilTheFirstLoginEndsAndWakesItsEnvironment() {
        serverHangs();
        assertThat(checks.result(STAGING, DATABASE)).isEmpty();
        assertThat(woken).isEmpty();
        answers.release();
        await().untilAsserted(() -> assertThat(woken).containsExactly(STAGING));
        assertThat(checks.result(STAGING, DATABASE)).contains(WORKS);
    }

    @Test
    void aServerThatHangsIsAskedOnceAndKeepsNobodyElseWaiting() {
        serverHangs();
        checks.result(STAGING, DATABASE);
        checks.result(STAGING, DATABASE);
        checks.result(STAGING, ROTATED);
        checks.result(PROD, ROTATED);
        await().untilAsserted(() -> assertThat(logins).containsExactlyInAnyOrder(DATABASE, ROTATED));
    }

    @Test
    void aFreshResultIsNotAskedForAgain() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(checks.result(STAGING, DATABASE)).contains(WORKS);
        check(ROTATED); // had the line above started a login, it would be seen now
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void aWorkingLoginIsCheckedAgainInTimeAndGoodMeanwhile() {
        check(DATABASE);
        clock.pass(Duration.ofMinutes(5));
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING, DATABASE)).contains(WORKS);
        await().untilAsserted(() -> assertThat(checks.result(STAGING, DATABASE)).contains(REFUSED));
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
        assertThat(checks.result(STAGING, DATABASE)).contains(WORKS);
    }

    @Test
    void aFailingLoginIsNotRetriedAtOnce() {
        answer = () -> REFUSED;
        check(DATABASE);
        clock.pass(Duration.ofSeconds(9));
        checks.result(STAGING, DATABASE);
        check(ROTATED);
        assertThat(logins).containsExactly(DATABASE, ROTATED);
    }

    @Test
    void newCredentialsAreTriedAtOnceAndTheOldResultIsNotTheirs() {
        check(DATABASE);
        answer = () -> REFUSED;
        assertThat(checks.result(STAGING, ROTATED)).isEmpty();
        await().untilAsserted(() -> assertThat(checks.result(STAGING, ROTATED)).contains(REFUSED));
    }

    @Test
    void oneEnvironmentsResultIsNotAnothers() {
        check(DATABASE);
        serverHangs();
        assertThat(checks.result(PROD, DATABASE)).isEmpty();
    }

    @Test
    void aCheckThatThrowsIsAResultAndDoesNotEndTheChecks() {
        answer = () -> {
            throw new IllegalStateException("with the password pa55word in it");
        };
        check(DATABASE);
        assertThat(checks.result(STAGING, DATABASE)).hasValueSatisfying(result -> {
            assertThat(result.loggedIn()).isFalse();
            assertThat(result.message()).isEqualTo("The login check failed; see the operator's log.");
        });
        clock.pass(Duration.ofSeconds(10));
        answer = () -> WORKS;
        check(DATABASE);
        assertThat(checks.result(STAGING, DATABASE)).contains(WORKS);
    }

    @Test
    void anEnvironmentThatIsMadeAnewIsAskedForAnew() {
        check(DATABASE);
        checks.forget(STAGING);
        serverHangs();
        assertThat(checks.result(STAGING, DATABASE)).isEmpty();
        await().untilAsserted(() -> assertThat(logins).hasSize(2));
    }
}
