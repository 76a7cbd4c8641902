package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Finding;
import com.recordsponge.operator.support.ControllerWrites;
import com.recordsponge.operator.support.EnvironmentFixture;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A path whose users never were valid is closed, and nothing else of the route waits for them. */
class ClosedPathsTest {

    private static final String VALID = "a:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    /** Secrets without users that Traefik can check; the first does not exist. */
    private static Stream<Map<String, String>> flaws() {
        return Stream.of(
                Map.of(),
                Map.of("auth", VALID),
                Map.of("users", ""),
                Map.of("users", "a:plain"),
                Map.of("users", "a:$6$x$y\nb:$y$x$y"),
                Map.of("users", "not a line"));
    }

    private static final String OTHER = "{path: /access/, secretRef: {name: users}}";
    private static final String ADMIN = "{path: /admin/, secretRef: {name: admins}}";

    /** A fresh site, one that is open, and one with another protected path; with what it protects. */
    enum Before {
        FRESH(ADMIN),
        OPEN(ADMIN),
        PROTECTED(OTHER + ", " + ADMIN),
        PROTECTED_FROM_NOW_ON(ADMIN + ", " + OTHER);

        private final String paths;

        Before(String paths) {
            this.paths = paths;
        }

        RouteSimulation simulation() {
            return switch (this) {
                case FRESH -> new RouteSimulation();
                case OPEN, PROTECTED_FROM_NOW_ON -> new RouteSimulation().reconcile(ClosedPathsTest::site);
                case PROTECTED ->
                    new RouteSimulation().reconcile(() -> site().with("ingress.basicAuth", "[" + OTHER + "]"));
            };
        }

        EnvironmentFixture changed(Map<String, String> admins) {
            var site = site().with("ingress.basicAuth", "[" + paths + "]");
            return admins.isEmpty() ? site : site.secret("admins", admins);
        }
    }

    private static EnvironmentFixture site() {
        return environment().with("host", "site.test").secret("users", Map.of("users", VALID));
    }

    static Stream<Arguments> changes() {
        return flaws().flatMap(flaw -> Stream.of(Before.values()).map(before -> Arguments.of(flaw, before)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsReportedAsClosedIsClosed(Map<String, String> flaw, Before before) {
        Supplier<EnvironmentFixture> changed = () -> before.changed(flaw);
        assertThat(changed.get().plan().blocker(ROUTE).orElseThrow().message())
                .startsWith("Secret admins ")
                .endsWith("Until then its paths are closed.");
        var site = before.simulation().reconcile(changed);
        assertThat(site.closed()).contains("site.test/admin", "site.test/admin/");
        assertThat(site.ingresses()).contains("site site.test http");
        assertThat(site.middlewares().contains("auth")).isEqualTo(before.paths.contains(OTHER));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingElseWaitsForTheUsers(Map<String, String> flaw, Before before) {
        var site = before.simulation()
                .reconcile(
                        () -> before.changed(flaw)
                                .with("host", "new.test")
                                .with("tls", "{issuerRef: {name: ca}}")
                                .with("ingress.hsts", "{}"),
                        "new.test");
        assertThat(site.closed()).contains("new.test/admin/");
        assertThat(site.middlewares()).contains("hsts");
        assertThat(site.ingresses())
                .contains("site new.test https")
                .noneMatch(ingress -> ingress.contains("site.test"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aPathOpensToItsUsersOnceTheyAreValid(Map<String, String> flaw, Before before) {
        var site = before.simulation()
                .reconcile(() -> before.changed(flaw))
                .reconcile(() -> before.changed(Map.of("users", VALID)));
        assertThat(site.ingresses()).contains("auth site.test http", "closed site.test http");
    }

    @ParameterizedTest
    @EnumSource
    void aPathIsProtectedWhileTheRouteWaits(RouteWait wait) {
        var site = Before.OPEN.simulation().reconcile(() -> wait.of(Before.OPEN.changed(Map.of("users", VALID))));
        assertThat(site.ingresses())
                .containsExactly("auth site.test http", "closed site.test http", "site site.test http");
    }

    @ParameterizedTest
    @EnumSource
    void aPathWithoutUsersIsClosedWhileTheRouteWaits(RouteWait wait) {
        var site = Before.OPEN.simulation().reconcile(() -> wait.of(Before.OPEN.changed(Map.of())));
        assertThat(site.ingresses()).containsExactly("closed site.test http", "site site.test http");
    }

    /** Its answer would be 403, whose cause is known. */
    @Test
    void aClosedSiteIsNotAsked() {
        var site = environment()
                .with("ingress.basicAuth", "[{path: /, secretRef: {name: admins}}]")
                .answers(request -> {
                    throw new AssertionError(request);
                });
        site.owns(Middlewares.middlewares(site.plan()));
        var ingresses = Ingresses.ingresses(site.plan()).stream()
                .map(ControllerWrites::admitted)
                .toArray(Ingress[]::new);
        assertThat(ingresses).hasSize(2);
        assertThat(site.finding(ROUTE, ingresses))
                .isEqualTo(Finding.of(site.plan().blocker(ROUTE).orElseThrow()));
    }
}
