package com.recordsponge.operator.database;

import static com.recordsponge.operator.api.v1.Component.DATABASE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login that succeeds does not show that the NetworkPolicy keeps pods from a Service's cluster IP. */
class ServiceHostTest {

    private static EnvironmentFixture at(String host) {
        return environment().withDatabase().with("database.host", "'" + host + "'");
    }

    private static String message(EnvironmentFixture site) {
        assertThat(site.finding(DATABASE).isReady()).isTrue();
        return site.finding(DATABASE).message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgres.databases.svc", "postgres.databases.svc.cluster.local"})
    void aNameThatCanBeAServiceIsPointedOut(String host) {
        assertThat(message(at(host))).startsWith("app logs in. If " + host + " is a Service with a cluster IP");
    }

    /** The last is the name of a pod, which has an address of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"10.42.0.1", "2001:db8::1", "db.example.org", "db.internal", "pg-0.pg.databases.svc"})
    void noOtherHostIs(String host) {
        assertThat(message(at(host))).isEqualTo("app logs in.");
    }

    @Test
    void withoutNetworkPoliciesPodsReachEveryService() {
        assertThat(message(at("postgres").withoutNetworkPolicy())).isEqualTo("app logs in.");
    }

    @Test
    void theDatabaseOfADeveloperHasAPolicyOfItsOwn() {
        assertThat(message(environment().development())).isEqualTo("app logs in.");
    }

    @Test
    void aFailedLoginIsReportedAlone() {
        var refused = LoginResult.failure(Reason.AUTHENTICATION_FAILED, "refused");
        assertThat(at("postgres").login(Optional.of(refused)).finding(DATABASE).message())
                .isEqualTo("refused");
    }
}
