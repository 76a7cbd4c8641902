package com.recordsponge.operator.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.e2e.Site.Answer;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
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

/** The prod example, which uses everything that a route can have, and a dev environment that is in a hurry. */
@TestMethodOrder(OrderAnnotation.class)
class RouteClusterTest extends ClusterTest {

    private static final String PASSWORD = "open sesame";

    private final TestEnvironment prod = environment("prod");
    private final TestEnvironment hasty = environment("hasty");
    private final String alias = "www-" + prod.host();
    private String users;
    private TestDatabase database;
    private CompletableFuture<Answer> longAnswer;

    @BeforeAll
    void applyBoth() throws Exception {
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
        hasty.apply(
                exampleSpec("dev", Map.of("dev.recordsponge.localhost", hasty.host())) + "ingress: {timeout: 2s}\n");
        prod.awaitServed();
        longAnswer = prod.site().getAsync("/api/slow?seconds=100");
        hasty.awaitServed();
    }

    @Test
    void plainHttpIsSentToHttps() {
        var answer = prod.site().getPlain("/some/page?a=1&b=2");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).contains("https://" + prod.host() + "/some/page?a=1&b=2");
        assertThat(prod.site().getPlain("/api/search", "--request", "POST").status())
                .as("keeps the method")
                .isEqualTo(308);
    }

    @Test
    void anAliasIsSentToTheHostWithPathAndQuery() {
        var answer = new Site(cluster, alias).get("/some/page?a=1&b=2");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).contains("https://" + prod.host() + "/some/page?a=1&b=2");
    }

    @Test
    void browsersAreToldToStayOnHttps() {
        assertThat(prod.site().get("/").header("Strict-Transport-Security"))
                .contains("max-age=31536000; includeSubDomains");
        assertThat(hasty.site().get("/").header("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/access/", "/access", "/access/requests", "/access/?page=2"})
    void aProtectedPathAsksForUserAndPassword(String path) {
        assertThat(prod.site().get(path).status()).isEqualTo(401);
        assertThat(prod.site().get(path).header("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Basic"));
        assertThat(prod.site().get(path, "--user", "access:wrong").status()).isEqualTo(401);
    }

    @Test
    void theRightPasswordOpensAProtectedPath() {
        var answer = prod.site().get("/access/", "--user", "access:" + PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("Access requests of " + prod.name());
    }

    /** Traefik drops a route whose users it cannot read; that of the whole site must not answer in its place. */
    @Test
    void aProtectedPathIsClosedWhileItsUsersCannotBeRead() {
        var seen = new HashSet<Integer>();
        secret(prod.name() + "-users", Map.of("users", users + "\n# a comment"));

        prod.await("RouteReady", "False", "SecretInvalid");
        eventually(() -> {
            seen.add(prod.site().get("/access/").status());
            assertThat(seen).contains(403);
        });
        assertThat(seen).isSubsetOf(401, 403);
        assertThat(prod.site().get("/access", "--user", "access:" + PASSWORD).status())
                .isEqualTo(403);
        assertThat(prod.site().get("/").status()).isEqualTo(200);

        secret(prod.name() + "-users", Map.of("users", users));
        prod.await("RouteReady", "True", "Routed");
        eventually(() -> assertThat(prod.site()
                        .get("/access/", "--user", "access:" + PASSWORD)
                        .status())
                .isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/hello", "/accessories"})
    void otherPathsStayOpen(String path) {
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
    void noSpellingOfAProtectedPathGetsAroundThePassword(String path) {
        assertThat(prod.site().get(path, "--path-as-is").body()).doesNotContain("Access requests");
    }

    @Test
    void aSessionStaysOnThePodThatMadeIt() {
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
    void theDatabaseServerIsVerifiedInFull() {
        var answer = prod.site().get("/api/db");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("user").asText()).isEqualTo(database.name());
        assertThat(answer.json().path("tls").asBoolean()).isTrue();
        assertThat(prod.secretValue(prod.name() + "-database", "PGSSLMODE")).isEqualTo("verify-full");
    }

    @Test
    void devRunsTheApplicationInDevelopment() {
        assertThat(hasty.site().get("/api/whoami").json().path("tier").asText()).isEqualTo("development");
    }

    @Test
    void anAnswerThatTakesLongerThanTheTimeoutIsCut() {
        assertThat(hasty.site().get("/api/slow?seconds=1").status()).isEqualTo(200);
        assertThat(hasty.site().get("/api/slow?seconds=5").status()).isEqualTo(504);
    }

    /** Asked for when this class began; all others use the time. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anAnswerThatTakesAHundredSecondsPasses() throws Exception {
        var answer = longAnswer.get(130, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("seconds").asInt()).isEqualTo(100);
    }
}
