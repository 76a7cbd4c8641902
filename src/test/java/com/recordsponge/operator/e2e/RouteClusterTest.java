package com.recordsponge.operator.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.SiteClient.Response;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prod example, which uses all features of a route, and a dev environment with a short timeout. */
@TestMethodOrder(OrderAnnotation.class)
class RouteClusterTest extends ClusterTest {

    private static final String PASSWORD = "open sesame";

    private final TestEnvironment prod = environment("prod");
    private final TestEnvironment shortTimeout = environment("short-timeout");
    private final String alias = "www-" + prod.host();
    private String users;
    private TestDatabase database;
    private CompletableFuture<Response> longResponse;

    @BeforeAll
    void applyTheEnvironments() throws Exception {
        database = database(prod);
        users = "access:{SHA}"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1").digest(PASSWORD.getBytes(UTF_8)));
        prod.apply(exampleSpec(
                "prod",
                Map.of(
                        "host: recordsponge.localhost", "host: " + prod.host(),
                        "www.recordsponge.localhost", alias,
                        "access-users", secret(prod.name() + "-users", Map.of("users", users)),
                        "record_expunge", database.name(),
                        "db-ca",
                                secret(
                                        prod.name() + "-db-ca",
                                        Map.of("ca.crt", Files.readString(cluster.databaseAuthority()))),
                        "prod-db", database.secret())));
        shortTimeout.apply(exampleSpec("minimal", Map.of("minimal.recordsponge.localhost", shortTimeout.host()))
                + "ingress: {timeout: 10s}\n");
        prod.awaitServed();
        longResponse = prod.site().getAsync("/api/slow?seconds=100");
        shortTimeout.awaitServed();
    }

    @Test
    void httpIsRedirectedToHttps() {
        var response = prod.site().getOverHttp("/some/page?a=1&b=2");

        assertThat(response.status()).isEqualTo(301);
        assertThat(response.header("Location")).contains("https://" + prod.host() + "/some/page?a=1&b=2");
        assertThat(prod.site().getOverHttp("/api/search", "--request", "POST").status())
                .as("keeps the method")
                .isEqualTo(308);
    }

    @Test
    void anAliasRedirectsWithPathAndQuery() {
        var response = new SiteClient(cluster, alias).get("/some/page?a=1&b=2");

        assertThat(response.status()).isEqualTo(301);
        assertThat(response.header("Location")).contains("https://" + prod.host() + "/some/page?a=1&b=2");
    }

    @Test
    void siteSendsHstsIfConfigured() {
        assertThat(prod.site().get("/").header("Strict-Transport-Security"))
                .contains("max-age=31536000; includeSubDomains");
        assertThat(shortTimeout.site().get("/").header("Strict-Transport-Security"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/access/", "/access", "/access/requests", "/access/?page=2"})
    void aProtectedPathRequiresCredentials(String path) {
        assertThat(prod.site().get(path).status()).isEqualTo(401);
        assertThat(prod.site().get(path).header("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Basic"));
        assertThat(prod.site().get(path, "--user", "access:wrong").status()).isEqualTo(401);
    }

    @Test
    void theCorrectPasswordOpensAProtectedPath() {
        var response = prod.site().get("/access/", "--user", "access:" + PASSWORD);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("Access requests of " + prod.name());
    }

    /** Traefik ignores a route whose users it cannot read; it reads a copy of those that it can. */
    @Test
    void invalidUsersLeaveTheLastValidOnesInForce() {
        secret(prod.name() + "-users", Map.of("users", users + "\n# a comment"));

        prod.await("RouteReady", "False", "SecretInvalid");
        assertThat(prod.site().get("/access/").status()).isEqualTo(401);
        assertThat(prod.site().get("/access/", "--user", "access:" + PASSWORD).status())
                .isEqualTo(200);
        assertThat(prod.site().get("/").status()).isEqualTo(200);

        secret(prod.name() + "-users", Map.of("users", users));
        prod.await("RouteReady", "True", "Routed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/hello", "/accessories"})
    void otherPathsRequireNoPassword(String path) {
        assertThat(prod.site().get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61ccess/",
                "//access/",
                "/./access/",
                "/open/../access/",
                "/access%2F",
                "/access%2frequests",
                "/access/%2e/"
            })
    void noSpellingOfAPathBypassesThePassword(String path) {
        assertThat(prod.site().get(path, "--path-as-is").body()).doesNotContain("Access requests");
    }

    @Test
    void aSessionSticksToItsPod() {
        var first = prod.site().get("/api/visits");

        assertThat(prod.pods()).hasSize(2);
        assertThat(first.cookies()).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("recordsponge-pod=")
                .contains("HttpOnly")
                .contains("Secure"));
        for (var visit = 2; visit < 8; visit++) {
            assertThat(prod.site()
                            .get("/api/visits", first.withCookies())
                            .json()
                            .path("visits")
                            .asInt())
                    .isEqualTo(visit);
        }
    }

    @Test
    void applicationVerifiesTheDatabaseServer() {
        var response = prod.site().get("/api/db");

        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.json().path("user").asText()).isEqualTo(database.name());
        assertThat(response.json().path("tls").asBoolean()).isTrue();
        assertThat(prod.secretValue(prod.connection(), "PGSSLMODE")).isEqualTo("verify-full");
    }

    @Test
    void devRunsTheApplicationInDevelopmentMode() {
        assertThat(shortTimeout.site().get("/api/whoami").json().path("tier").asText())
                .isEqualTo("development");
    }

    @Test
    void aResponseSlowerThanTheTimeoutFails() {
        assertThat(shortTimeout.site().get("/api/slow?seconds=1").status()).isEqualTo(200);
        assertThat(shortTimeout.site().get("/api/slow?seconds=30").status()).isEqualTo(504);
    }

    /** Requested before the other tests, which run meanwhile. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aResponseCanTakeAHundredSeconds() throws Exception {
        var response = longResponse.get(130, TimeUnit.SECONDS);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().path("seconds").asInt()).isEqualTo(100);
    }
}
