package com.recordsponge.operator.host;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.certificate.CertificateObjects;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.support.EnvironmentFixture;
import org.junit.jupiter.api.Test;

/** What an environment does while another owns one of its hosts. */
class HostConflictsTest {

    private static final String HOST = "recordsponge.test";
    private static final String ALIAS = "www.recordsponge.test";

    private static EnvironmentFixture site() {
        return environment().withTls().with("aliases", "[%s, app.recordsponge.test]".formatted(ALIAS));
    }

    @Test
    void aHostConflictBlocksTheCertificateAndANewRoute() {
        var plan = site().taken(HOST, "other/prod").plan();
        assertThat(plan.blocked(ROUTE)).as("a former route").isFalse();
        assertThat(plan.blocked(CERTIFICATE)).isTrue();
        assertThat(plan.blocked(WORKLOAD)).isFalse();
        assertThat(plan.blocker(ROUTE))
                .contains(
                        Blocker.partial(
                                ROUTE,
                                Reason.HOST_CONFLICT,
                                "Host recordsponge.test is already used by environment other/prod. Remove it from one of them; this environment takes it over when it is released, after a grace period."));
        assertThat(plan.blocker(CERTIFICATE).orElseThrow().message())
                .isEqualTo(plan.blocker(ROUTE).orElseThrow().message());
    }

    @Test
    void aHostConflictBlocksNoProvidedCertificate() {
        var plan = environment()
                .with("tls", "{secretName: provided}")
                .taken(HOST, "other/prod")
                .plan();
        assertThat(plan.blocker(CERTIFICATE)).isEmpty();
        assertThat(plan.blocker(ROUTE).orElseThrow().reason()).isEqualTo(Reason.HOST_CONFLICT);
    }

    @Test
    void anAliasConflictBlocksOnlyTheAlias() {
        var plan = site().taken(ALIAS, "other/prod").plan();
        assertThat(CertificateObjects.of(plan))
                .singleElement()
                .asString()
                .contains("app.recordsponge.test")
                .doesNotContain(ALIAS);
        assertThat(plan.blocked(ROUTE)).isFalse();
        assertThat(plan.blocked(CERTIFICATE)).isFalse();
        assertThat(plan.blocker(CERTIFICATE)).isEmpty();
        assertThat(plan.blocker(ROUTE)).hasValueSatisfying(blocker -> assertThat(blocker.message())
                .startsWith("Host www.recordsponge.test is already used by environment other/prod."));
    }

    @Test
    void theOperatorNamesEveryForeignHost() {
        var blocker =
                site().taken(ALIAS, "other/a").taken(HOST, "other/b").plan().blocker(ROUTE);
        assertThat(blocker.orElseThrow().message())
                .contains(
                        "Host recordsponge.test is already used by environment other/b.",
                        "Host www.recordsponge.test is already used by environment other/a.");
    }

    /** The environment served that host before its spec changed. */
    @Test
    void aHostNoLongerRequestedIsNoConflict() {
        var plan = site().taken("former.recordsponge.test", "other/prod").plan();
        assertThat(plan.blockers()).isEmpty();
    }

    @Test
    void aBlockerOfTheRoutePrecedesAnAliasConflict() {
        var plan = site().taken(ALIAS, "other/prod")
                .in(new Capabilities(true, true, null))
                .plan();
        assertThat(plan.blocker(ROUTE).orElseThrow().reason()).isEqualTo(Reason.INGRESS_CLASS_NOT_FOUND);
    }
}
