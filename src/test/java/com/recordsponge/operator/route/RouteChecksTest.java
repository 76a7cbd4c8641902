package com.recordsponge.operator.route;

import static com.recordsponge.operator.api.v1.Component.CERTIFICATE;
import static com.recordsponge.operator.api.v1.Component.ROUTE;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.plan.Blocker;
import com.recordsponge.operator.plan.Capabilities;
import com.recordsponge.operator.support.EnvironmentFixture;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a route and a certificate require of the cluster. */
class RouteChecksTest {

    private static final String TRAEFIK = "traefik.io/ingress-controller";
    private static final Capabilities NO_CERT_MANAGER = new Capabilities(false, true, TRAEFIK);
    private static final Capabilities NO_INGRESS_CLASS = new Capabilities(true, true, null);
    private static final Capabilities NGINX_BESIDE_TRAEFIK = new Capabilities(true, true, "k8s.io/ingress-nginx");
    private static final Capabilities TRAEFIK_WITHOUT_CRDS = new Capabilities(true, false, TRAEFIK);

    private static final String BASIC_AUTH = "[{path: /access/, secretRef: {name: users}}]";

    private static final String SHA1 = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    private static Blocker onlyBlocker(EnvironmentFixture environment) {
        var blockers = environment.plan().blockers();
        assertThat(blockers).hasSize(1);
        return blockers.getFirst();
    }

    @Test
    void issuingACertificateRequiresCertManager() {
        var environment = environment().withTls().in(NO_CERT_MANAGER);
        assertThat(onlyBlocker(environment).component()).isEqualTo(CERTIFICATE);
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.CERT_MANAGER_NOT_INSTALLED);
    }

    @Test
    void aProvidedCertificateRequiresNoCertManager() {
        assertThat(environment()
                        .with("tls", "{secretName: provided}")
                        .in(NO_CERT_MANAGER)
                        .plan()
                        .blockers())
                .isEmpty();
    }

    @Test
    void plainHttpRequiresNoCertManager() {
        assertThat(environment().in(NO_CERT_MANAGER).plan().blockers()).isEmpty();
    }

    @Test
    void aMissingCertManagerBlocksOnlyTheCertificate() {
        var plan = environment().withTls().withDatabase().in(NO_CERT_MANAGER).plan();
        assertThat(plan.blocked(CERTIFICATE)).isTrue();
        assertThat(plan.blocked(Component.WORKLOAD)).isFalse();
        assertThat(plan.blocked(ROUTE)).isFalse();
    }

    @Test
    void theOperatorNamesAMissingIngressClass() {
        var byDefault = onlyBlocker(environment().in(NO_INGRESS_CLASS));
        assertThat(byDefault.component()).isEqualTo(ROUTE);
        assertThat(byDefault.reason()).isEqualTo(Reason.INGRESS_CLASS_NOT_FOUND);
        assertThat(byDefault.message()).contains("IngressClass traefik ");
        var chosen =
                onlyBlocker(environment().with("ingress.className", "nginx").in(NO_INGRESS_CLASS));
        assertThat(chosen.message()).contains("IngressClass nginx ");
    }

    static Stream<Capabilities> clustersWithoutMiddlewares() {
        return Stream.of(NGINX_BESIDE_TRAEFIK, TRAEFIK_WITHOUT_CRDS);
    }

    @ParameterizedTest
    @MethodSource("clustersWithoutMiddlewares")
    void everyControllerServesAPlainRoute(Capabilities cluster) {
        assertThat(environment().withTls().in(cluster).plan().blockers()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("clustersWithoutMiddlewares")
    void basicAuthRequiresMiddlewares(Capabilities cluster) {
        var environment = environment()
                .with("ingress.basicAuth", BASIC_AUTH)
                .secret("users", Map.of("users", "a:" + SHA1))
                .in(cluster);
        assertThat(onlyBlocker(environment).component()).isEqualTo(ROUTE);
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.MIDDLEWARE_UNSUPPORTED);
        assertThat(onlyBlocker(environment).message()).contains("Traefik with its CRDs supports ingress.basicAuth.");
    }

    @ParameterizedTest
    @CsvSource({"aliases, [www.recordsponge.test]", "ingress.hsts, {}", "ingress.timeout, 300s"})
    void theOperatorNamesFieldsThatRequireTraefik(String field, String value) {
        var environment = environment().withTls().with(field, value).in(NGINX_BESIDE_TRAEFIK);
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.MIDDLEWARE_UNSUPPORTED);
        assertThat(onlyBlocker(environment).message()).startsWith("Only Traefik with its CRDs supports " + field + ".");
        assertThat(environment.in(EnvironmentFixture.K3S).plan().blockers()).isEmpty();
    }

    @Test
    void emptyListsRequireNoMiddlewares() {
        var environment = environment()
                .with("aliases", "[]")
                .with("ingress.basicAuth", "[]")
                .in(NGINX_BESIDE_TRAEFIK);
        assertThat(environment.plan().blockers()).isEmpty();
    }

    @Test
    void basicAuthRequiresItsSecret() {
        var environment = environment().with("ingress.basicAuth", BASIC_AUTH);
        assertThat(onlyBlocker(environment).component()).isEqualTo(ROUTE);
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
        assertThat(onlyBlocker(environment).message()).startsWith("Secret users of ingress.basicAuth");
    }

    @Test
    void basicAuthRequiresTheKeyUsers() {
        var environment =
                environment().with("ingress.basicAuth", BASIC_AUTH).secret("users", Map.of("auth", "a:" + SHA1));
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.SECRET_INCOMPLETE);
    }

    /** In each of these cases nobody has access to the path. */
    static Stream<Arguments> secretsWithoutAValidUser() {
        return Stream.of(
                Arguments.of(Map.of("users", ""), "has no line under users"),
                Arguments.of(Map.of("users", "\n\r\n"), "has no line under users"),
                Arguments.of(Map.of("users", "# a comment"), "is invalid: line 1 under users is not name:hash"),
                Arguments.of(Map.of("users", "a:b:c"), "is invalid: line 1 under users is not name:hash"),
                Arguments.of(Map.of("users", "\n \n"), "is invalid: line 2 under users is not name:hash"),
                Arguments.of(Map.of("users", "a:" + "b".repeat(65_536)), "is invalid: line 1 under users is not"));
    }

    @ParameterizedTest
    @MethodSource("secretsWithoutAValidUser")
    void theOperatorReportsThatNobodyHasAccess(Map<String, String> secret, String flaw) {
        var environment = environment().with("ingress.basicAuth", BASIC_AUTH).secret("users", secret);
        assertThat(onlyBlocker(environment).reason()).isEqualTo(Reason.SECRET_INVALID);
        assertThat(onlyBlocker(environment).message())
                .startsWith("Secret users of ingress.basicAuth " + flaw)
                .endsWith("; correct it. Until then its paths are closed.");
    }

    @Test
    void theListOfUsersCanContainEmptyLines() {
        var environment = environment()
                .with("ingress.basicAuth", BASIC_AUTH)
                .secret("users", Map.of("users", "a:" + SHA1 + "\r\n\nb:" + SHA1 + "\n"));
        assertThat(environment.plan().blockers()).isEmpty();
    }

    @Test
    void theOperatorChecksEverySecretOfBasicAuth() {
        var environment = environment()
                .with(
                        "ingress.basicAuth",
                        "[{path: /a, secretRef: {name: users}}, {path: /b, secretRef: {name: others}}]")
                .secret("users", Map.of("users", "a:" + SHA1));
        assertThat(onlyBlocker(environment).message()).startsWith("Secret others");
    }
}
