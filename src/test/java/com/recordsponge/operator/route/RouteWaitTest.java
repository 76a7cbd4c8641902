package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.route.RouteAnswerTest.running;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.route.RouteTransitionTest.Form;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** While its host or IngressClass is missing, a route does not begin, and the former one serves with the present options. */
class RouteWaitTest {

    private static final Capabilities NO_CLASS_NOR_MIDDLEWARES = new Capabilities(true, false, null);

    /** With an option that only Traefik supports. */
    private static EnvironmentFixture site() {
        return environment().with("host", "old.test").with("ingress.timeout", "300s");
    }

    private static RouteSimulation serving(Supplier<EnvironmentFixture> site) {
        return new RouteSimulation().reconcile(site);
    }

    @ParameterizedTest
    @EnumSource
    void aFreshSiteHasNoRoute(RouteWait wait) {
        var fresh = serving(() -> wait.of(site()));
        assertThat(fresh.ingresses()).isEmpty();
        assertThat(fresh.middlewares()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theFormerHostServesAndTheCauseIsReported(RouteWait wait) {
        var objects = serving(RouteWaitTest::site)
                .reconcile(() -> wait.of(site()))
                .objects()
                .toArray(HasMetadata[]::new);
        assertThat(wait.of(site()).statusOf(ROUTE, objects).hosts()).containsExactly("old.test");
        assertThat(wait.of(site()).finding(ROUTE, objects).reason()).isEqualTo(wait.reason());
        assertThat(wait.of(site()).unanswered().finding(ROUTE, objects).reason())
                .isEqualTo(wait.reason());
    }

    @ParameterizedTest
    @EnumSource
    void theCauseIsReportedThoughSomethingElseIsMissing(RouteWait wait) {
        var site = site().with("ingress.basicAuth", "[{path: /access/, secretRef: {name: users}}]");
        assertThat(wait.of(site).plan().blocker(ROUTE).orElseThrow().reason()).isEqualTo(wait.reason());
    }

    @ParameterizedTest
    @EnumSource
    void theRouteFollowsOnceItCan(RouteWait wait) {
        Supplier<EnvironmentFixture> changed = () -> site().with("host", "new.test");
        var waited =
                serving(RouteWaitTest::site).reconcile(() -> wait.of(site())).reconcile(changed);
        assertThat(waited.ingresses()).isEqualTo(serving(changed).ingresses());
    }

    static Stream<Arguments> changesOfTheHost() {
        return RouteTransitionTest.changes()
                .filter(change -> !host(change.get()[0]).equals(host(change.get()[1])));
    }

    private static String host(Object form) {
        return ((Form) form).site().build().getSpec().host();
    }

    /** {@link RouteSimulation} sees to it that the other environment's name is not served. */
    @ParameterizedTest
    @MethodSource("changesOfTheHost")
    void theFormerSiteServesWhateverElseChanges(Form from, Form to) {
        var changed = new RouteSimulation()
                .reconcile(from::site, from.names())
                .reconcile(() -> to.site().taken(host(to), "shop/prod"), to.names());
        assertThat(changed.ingresses())
                .filteredOn(ingress -> ingress.startsWith("site"))
                .singleElement()
                .asString()
                .startsWith("site " + host(from));
    }

    @Test
    void aHostThatPassedToAnotherEnvironmentEnds() {
        var ended = serving(() -> Form.PROTECTED_ELSEWHERE.site())
                .reconcile(() -> Form.PROTECTED_ELSEWHERE.site().taken("old.test", "shop/prod"));
        assertThat(ended.ingresses()).isEmpty();
    }

    /** Somebody who can have the host could request it, and then both would be gone. */
    @Test
    void aFormerHostStaysWhileTheNewOneIsNoLongerAllowed() {
        var both = serving(RouteWaitTest::site)
                .reconcile(() -> running(site().with("host", "new.test")).unanswered())
                .reconcile(() -> site().with("host", "new.test").withheld("new.test", Reason.HOST_NOT_ALLOWED));
        assertThat(both.ingresses()).containsExactly("site new.test http", "site old.test http");
    }

    /** It cannot protect a former route either. */
    @Test
    void withoutMiddlewaresNothingChanges() {
        assertThat(site().in(NO_CLASS_NOR_MIDDLEWARES).plan().blocked(ROUTE)).isTrue();
    }
}
