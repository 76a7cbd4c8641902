package com.recordsponge.operator.host;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.api.v1.Component.WORKLOAD;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.support.EnvironmentFixture;
import org.junit.jupiter.api.Test;

/** What an environment does without a name that another has. */
class HostConflictsTest {

    private static final String HOST = "recordsponge.test";
    private static final String ALIAS = "www.recordsponge.test";

    private static EnvironmentFixture site() {
        return environment().withTls().with("aliases", "[%s, app.recordsponge.test]".formatted(ALIAS));
    }

    @Test
    void withoutItsHostItsRouteAndItsCertificateStayAsTheyAre() {
        var plan = site().taken(HOST, "other/prod").plan();
        assertThat(plan.blocked(ROUTE)).isTrue();
        assertThat(plan.blocked(CERTIFICATE)).isTrue();
        assertThat(plan.blocked(WORKLOAD)).isFalse();
        assertThat(plan.problem(ROUTE))
                .contains(
                        new Blocker(
                                ROUTE,
                                "HostConflict",
                                "recordsponge.test belongs to environment other/prod; give it up in one of the two. Once it is free, this environment takes it over by itself."));
        assertThat(plan.problem(CERTIFICATE).orElseThrow().message())
                .isEqualTo(plan.problem(ROUTE).orElseThrow().message());
    }

    @Test
    void aCertificateThatIsBroughtDoesNotWait() {
        var plan = environment()
                .with("tls", "{secretName: brought}")
                .taken(HOST, "other/prod")
                .plan();
        assertThat(plan.blocked(CERTIFICATE)).isFalse();
        assertThat(plan.blocked(ROUTE)).isTrue();
    }

    @Test
    void withoutAnAliasTheRestIsServed() {
        var plan = site().taken(ALIAS, "other/prod").plan();
        assertThat(plan.aliases()).containsExactly("app.recordsponge.test");
        assertThat(plan.blocked(ROUTE)).isFalse();
        assertThat(plan.blocked(CERTIFICATE)).isFalse();
        assertThat(plan.problem(CERTIFICATE)).isEmpty();
        assertThat(plan.problem(ROUTE)).hasValueSatisfying(problem -> assertThat(problem.message())
                .startsWith("www.recordsponge.test belongs to environment other/prod;"));
    }

    @Test
    void everyNameThatIsAnothersIsTold() {
        var problem =
                site().taken(ALIAS, "other/a").taken(HOST, "other/b").plan().problem(ROUTE);
        assertThat(problem.orElseThrow().message())
                .startsWith(
                        "recordsponge.test belongs to environment other/b, www.recordsponge.test belongs to environment other/a;");
    }

    /** It served that name before, and has moved on. */
    @Test
    void aNameThatItNoLongerAsksForIsNoConflict() {
        var plan = site().taken("former.recordsponge.test", "other/prod").plan();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.taken()).containsExactly("former.recordsponge.test");
    }

    @Test
    void whatTheWholeRouteWaitsForIsToldBeforeAnAlias() {
        var plan = site().taken(ALIAS, "other/prod")
                .in(new Capabilities(true, true, null))
                .plan();
        assertThat(plan.problem(ROUTE).orElseThrow().reason()).isEqualTo("IngressClassMissing");
        assertThat(plan.blocked(ROUTE)).isTrue();
    }
}
