package com.recordsponge.operator.route;

import static com.recordsponge.operator.route.RouteAnswerTest.running;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of a served route. {@link RouteSimulation} checks each step on the way. */
class RouteTransitionTest {

    private static final String OLD = "old.test";
    private static final String NEW = "new.test";
    private static final String WWW = "www.test";
    private static final String USERS = "a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    /** Routes that differ in one or more fields. */
    enum Form {
        PLAIN("host: old.test"),
        PLAIN_ELSEWHERE("host: new.test"),
        PROTECTED("host: old.test", "ingress.basicAuth: [{path: /access/, secretRef: {name: users}}]"),
        PROTECTED_ELSEWHERE(
                "host: old.test",
                "ingress.basicAuth: [{path: /a/, secretRef: {name: users}}, {path: /b, secretRef: {name: others}}]"),
        TIMED("host: old.test", "ingress.timeout: 300s"),
        ISSUED("host: old.test", "tls: {issuerRef: {name: ca}}"),
        PROVIDED("host: old.test", "tls: {secretName: mine}"),
        PROVIDED_BY_OTHER("host: old.test", "tls: {secretName: other}"),
        ALIAS("host: old.test", "aliases: [www.test]", "tls: {secretName: mine}"),
        SWAPPED("host: www.test", "aliases: [old.test]", "tls: {secretName: mine}"),
        ALIASES("host: old.test", "aliases: [www.test, new.test]", "tls: {secretName: mine}"),
        PROMOTED("host: www.test", "tls: {issuerRef: {name: ca}}"),
        PROMOTED_OTHER_CLASS("host: www.test", "tls: {secretName: mine}", "ingress.className: other"),
        PROMOTED_PROTECTED(
                "host: www.test",
                "aliases: [old.test, new.test]",
                "tls: {secretName: other}",
                "ingress.basicAuth: [{path: /access/, secretRef: {name: users}}]"),
        SECURE("host: old.test", "tls: {secretName: mine}", "ingress.hsts: {maxAge: 1h}"),
        SECURE_ELSEWHERE(
                "host: new.test",
                "tls: {secretName: mine}",
                "aliases: [www.test]",
                "ingress.hsts: {maxAge: 2h}",
                "ingress.timeout: 10s",
                "ingress.basicAuth: [{path: /access/, secretRef: {name: users}}]"),
        OTHER_CLASS("host: old.test", "ingress.className: other"),
        SECURE_OTHER_CLASS("host: old.test", "tls: {secretName: mine}", "ingress.className: other", "ingress.hsts: {}");

        private final String[] fields;

        Form(String... fields) {
            this.fields = fields;
        }

        EnvironmentFixture site() {
            var site = environment().secret("users", Map.of("users", USERS)).secret("others", Map.of("users", USERS));
            Stream.of(fields).map(field -> field.split(": ", 2)).forEach(field -> site.with(field[0], field[1]));
            return site;
        }

        boolean tls() {
            return Arrays.stream(fields).anyMatch(field -> field.startsWith("tls"));
        }

        /** Names for a certificate that covers every host here. */
        String[] names() {
            return tls() ? new String[] {OLD, NEW, WWW} : new String[0];
        }
    }

    private static RouteSimulation serving(Form form) {
        return new RouteSimulation().reconcile(form::site, form.names());
    }

    static Stream<Arguments> changes() {
        return Stream.of(Form.values()).flatMap(from -> Stream.of(Form.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeEndsInTheWantedRoute(Form from, Form to) {
        var changed = serving(from).reconcile(to::site, to.names());
        var fresh = serving(to);
        assertThat(changed.ingresses()).isNotEmpty().isEqualTo(fresh.ingresses());
        assertThat(changed.middlewares()).isEqualTo(fresh.middlewares());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void withoutACertificateTheOldRouteServes(Form from, Form to) {
        if (to.tls() && from != to) {
            var before = serving(from);
            var hosts = before.ingresses();
            assertThat(before.reconcile(to::site).ingresses()).isNotEmpty();
            if (!from.tls()) {
                assertThat(before.ingresses())
                        .filteredOn(ingress -> ingress.startsWith("site"))
                        .isSubsetOf(hosts);
            }
        }
    }

    /** {@link RouteSimulation} sees to it that every name does which both request. */
    @ParameterizedTest
    @MethodSource("changes")
    void withoutItsMiddlewaresTheOldNamesServe(Form from, Form to) {
        var before = serving(from).refuseMiddlewares();
        assertThat(before.reconcile(to::site, to.names()).ingresses()).isNotEmpty();
    }

    /** {@link RouteSimulation} sees to it that no redirect takes its requests away. */
    @ParameterizedTest
    @MethodSource("changes")
    void untilTheNewRouteHasAnsweredTheOldSiteServes(Form from, Form to) {
        var before = serving(from);
        var sites = sites(before);
        before.reconcile(() -> running(to.site()).unanswered(), to.names());
        assertThat(before.ingresses()).containsAll(sites);
        assertThat(sites(before)).containsAll(sites(serving(to)));
    }

    private static List<String> sites(RouteSimulation simulation) {
        return simulation.ingresses().stream()
                .filter(ingress -> ingress.startsWith("site"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "PROVIDED, SECURE",
        "PLAIN, PROTECTED",
        "PROVIDED, SECURE_ELSEWHERE",
        "SECURE, SECURE_ELSEWHERE",
        "OTHER_CLASS, SECURE_OTHER_CLASS"
    })
    void withoutItsMiddlewaresTheOldRouteServes(Form from, Form to) {
        var before = serving(from);
        var ingresses = before.ingresses();
        assertThat(before.refuseMiddlewares().reconcile(to::site, to.names()).ingresses())
                .isEqualTo(ingresses);
    }

    @Test
    void aFreshSiteHasNoRouteWithoutItsCertificate() {
        assertThat(new RouteSimulation().reconcile(Form.SECURE::site).ingresses())
                .isEmpty();
    }

    @Test
    void bothHostsServeUntilTheNewOneIsAdmitted() {
        var both = serving(Form.SECURE);
        both.reconcile(Form.SECURE_ELSEWHERE::site);
        assertThat(both.ingresses())
                .containsExactly(
                        "auth old.test https", "closed old.test https", "http old.test http", "site old.test https");
    }

    @Test
    void anAliasThatBecomesTheHostRedirectsUntilItIsServed() {
        var site = serving(Form.ALIASES).reconcile(Form.PROMOTED::site);
        assertThat(site.ingresses())
                .containsExactly("aliases www.test https", "http old.test,www.test http", "site old.test https");
        site.reconcile(Form.PROMOTED::site, OLD, NEW, WWW);
        assertThat(site.ingresses()).containsExactly("http www.test http", "site www.test https");
    }

    @Test
    void aRemovedAliasEndsAtOnceAndANewOneWaitsForItsCertificate() {
        var site = serving(Form.ALIAS).reconcile(Form.PROVIDED::site, Form.PROVIDED.names());
        assertThat(site.ingresses()).containsExactly("http old.test http", "site old.test https");
        assertThat(new RouteSimulation()
                        .reconcile(Form.PROVIDED::site, OLD)
                        .reconcile(Form.ALIAS::site, OLD)
                        .ingresses())
                .containsExactly("http old.test http", "site old.test https");
    }

    /** Its redirect would win over the new site, which could never answer. */
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "OTHER_CLASS"})
    void aSiteThatGivesUpHttpsServesItWithoutARedirectUntilPlainHttpAnswers(Form plain) {
        var site = serving(Form.SECURE).reconcile(() -> running(plain.site()).unanswered());
        assertThat(site.ingresses()).containsExactly("site old.test http", "site old.test https");
        assertThat(site.reconcile(() -> running(plain.site())).ingresses()).containsExactly("site old.test http");
    }

    /** Browsers remember the redirect. */
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "OTHER_CLASS"})
    void plainHttpRedirectsOnceHttpsAnswers(Form plain) {
        var site = serving(plain).reconcile(() -> running(Form.PROVIDED.site()).unanswered(), Form.PROVIDED.names());
        assertThat(site.ingresses()).containsExactly("site old.test http", "site old.test https");
        site.reconcile(() -> running(Form.PROVIDED.site()), Form.PROVIDED.names());
        assertThat(site.ingresses()).containsExactly("http old.test http", "site old.test https");
    }

    @Test
    void aSiteThatTakesHttpsBackRedirectsAgain() {
        var site = serving(Form.SECURE)
                .reconcile(() -> running(Form.PLAIN.site()).unanswered())
                .reconcile(() -> running(Form.SECURE.site()), Form.SECURE.names());
        assertThat(site.ingresses()).isEqualTo(serving(Form.SECURE).ingresses());
    }

    /** Its Ingress has the annotations of another controller. */
    @Test
    void anotherControllerServesBesideTraefikUntilItHasAdmittedTheRoute() {
        var nginx = new Capabilities(true, true, "k8s.io/ingress-nginx");
        var site = serving(Form.SECURE).reconcile(() -> Form.OTHER_CLASS.site().in(nginx));
        assertThat(site.ingresses()).containsExactly("site old.test http");
        assertThat(site.middlewares()).isEmpty();
    }
}
