package com.recordsponge.operator.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.plan.UniqueName;
import com.recordsponge.operator.support.ApiTest;
import com.recordsponge.operator.support.RealTraefik;
import com.recordsponge.operator.support.SiteAnswer;
import com.recordsponge.operator.support.SiteVisitor;
import com.recordsponge.operator.support.StubPods;
import com.recordsponge.operator.support.TestControllers;
import com.recordsponge.operator.support.TestTraefik;
import com.recordsponge.operator.support.Visitors;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What visitors see through a real Traefik while a route changes. */
@QuarkusTest
@TestProfile(RealTraefik.class)
class RouteTraefikApiTest extends ApiTest {

    private static final String SPEC = """
      tier: staging
      image: recordsponge/expungeservice:staging
      host: %1$s
      tls: {secretName: provided}
      """;

    private static final String PROTECTED = "ingress: {%sbasicAuth: [{path: /access/, secretRef: {name: users}}]}\n";

    private void users(String name) {
        // The password is "secret".
        secret("users", Map.of("users", name + ":{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="));
    }

    /** A site with its certificate, and a path that requires the password of a user. */
    private void applyProtected(String environment, String host, String user) {
        certificate("provided", host);
        users(user);
        apply(environment, SPEC.formatted(host) + PROTECTED.formatted(""));
    }

    private static String login(String name) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((name + ":secret").getBytes(UTF_8));
    }

    private StubPods pods(String environment, String text) throws IOException {
        rollOut(environment);
        return StubPods.answering(client(), namespace, UniqueName.of(namespace, environment, "", ""), text);
    }

    private static Optional<String> flaw(SiteAnswer answer, int status, String certificate) {
        return answer.status() == status && answer.certificateNames().contains(certificate)
                ? Optional.empty()
                : Optional.of(answer.status() + " under " + answer.certificateNames());
    }

    private static void awaitStatus(SiteVisitor visitor, String host, String path, int status, String... headers) {
        eventually(() -> {
            try {
                assertThat(visitor.https(host, path, headers).status()).isEqualTo(status);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Traefik knows both as bug-…-a-site. */
    @Test
    void environmentsWhoseJoinedNamesAreEqualAreKeptApart() throws IOException {
        var first = namespace;
        var second = SERVER.namespace(first + "-a");
        applyProtected("a-site", "one.test", "one");
        try (var onePods = pods("a-site", "one")) {
            namespace = second;
            applyProtected("site", "two.test", "two");
            try (var twoPods = pods("site", "two");
                    var traefik = new TestTraefik(SERVER, first, second)) {
                assertApart(traefik.visitor());
                traefik.restart();
                assertApart(traefik.visitor());
            }
        }
    }

    private static void assertApart(SiteVisitor visitor) throws IOException {
        for (var name : new String[] {"one", "two"}) {
            var host = name + ".test";
            awaitStatus(visitor, host, "/", 200);
            awaitStatus(visitor, host, "/access/", 200, login(name));
            for (var request = 0; request < 10; request++) {
                var answer = visitor.https(host, "/");
                assertThat(answer.body()).isEqualTo(name);
                assertThat(answer.certificateNames()).containsExactly(host);
                assertThat(visitor.https(host, "/access/", login(name)).body()).isEqualTo(name);
                assertThat(visitor.https(host, "/access/", login(name.equals("one") ? "two" : "one"))
                                .status())
                        .isEqualTo(401);
                assertThat(visitor.https(host, "/access/").status()).isEqualTo(401);
            }
        }
    }

    /** Traefik has one store of certificates for all namespaces. */
    @Test
    void aWildcardOfAnotherNamespaceIsNotServedForAnExactName() throws IOException {
        var first = namespace;
        var second = SERVER.namespace(first + "-b");
        certificate("provided", "site.wild.test");
        apply("site", SPEC.formatted("site.wild.test"));
        try (var exactPods = pods("site", "exact")) {
            namespace = second;
            certificate("provided", "*.wild.test");
            apply("other", SPEC.formatted("other.wild.test"));
            try (var wildPods = pods("other", "wild");
                    var traefik = new TestTraefik(SERVER, first, second)) {
                assertExact(traefik.visitor());
                traefik.restart();
                assertExact(traefik.visitor());
            }
        }
    }

    private static void assertExact(SiteVisitor visitor) throws IOException {
        awaitStatus(visitor, "site.wild.test", "/", 200);
        awaitStatus(visitor, "other.wild.test", "/", 200);
        for (var request = 0; request < 20; request++) {
            assertThat(visitor.https("site.wild.test", "/").certificateNames()).containsExactly("site.wild.test");
            assertThat(visitor.https("other.wild.test", "/").certificateNames()).containsExactly("*.wild.test");
        }
    }

    @Test
    void aProtectedPathIsNeverOpenWhileTraefikStarts() throws IOException {
        applyProtected("site", "site.test", "one");
        try (var pods = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            var visitor = traefik.visitor();
            try (var visitors = new Visitors(50, () -> openly(visitor, "site.test", "/access/"))) {
                for (var restart = 0; restart < 5; restart++) {
                    awaitStatus(visitor, "site.test", "/access/", 401);
                    traefik.restart();
                }
                awaitStatus(visitor, "site.test", "/access/", 401);
                visitors.assertServed();
            }
        }
    }

    /** Whether a path is answered without a password; a Traefik that does not listen answers nothing. */
    private static Optional<String> openly(SiteVisitor visitor, String host, String path) {
        try {
            return Optional.of(visitor.https(host, path))
                    .filter(answer -> answer.status() == 200)
                    .map(SiteAnswer::body);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Test
    void noRequestFailsWhileHstsAndTimeoutAreSwitched() throws IOException {
        certificate("provided", "site.test");
        apply("site", SPEC.formatted("site.test"));
        try (var pods = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            var visitor = traefik.visitor();
            awaitStatus(visitor, "site.test", "/", 200);
            try (var visitors = new Visitors(20, () -> flaw(visitor.https("site.test", "/"), 200, "site.test"))) {
                for (var round = 0; round < 5; round++) {
                    for (var options :
                            new String[] {"hsts: {maxAge: 1h}, timeout: 30s", "hsts: {maxAge: 2h}", "timeout: 30s", ""
                            }) {
                        apply("site", SPEC.formatted("site.test") + "ingress: {%s}\n".formatted(options));
                        eventually(() -> assertThat(visitor.https("site.test", "/")
                                        .header("Strict-Transport-Security")
                                        .isPresent())
                                .isEqualTo(options.contains("hsts")));
                        awaitCondition("site", "RouteReady", "True", "Routed");
                    }
                }
                visitors.awaitMore(20);
                visitors.assertServed();
            }
        }
    }

    @Test
    void theOldHostServesUntilTheNewOneDoes() throws IOException {
        certificate("provided", "old.test");
        apply("site", SPEC.formatted("old.test"));
        try (var pods = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            var visitor = traefik.visitor();
            awaitStatus(visitor, "old.test", "/", 200);
            try (var visitors = new Visitors(20, () -> flaw(visitor.https("old.test", "/"), 200, "old.test")
                    .filter(_ -> isUnserved(visitor, "new.test")))) {
                apply("site", SPEC.formatted("new.test"));
                awaitCondition("site", "RouteReady", "False", "Pending");
                assertThat(environment("site").getStatus().hosts()).containsExactly("old.test");
                visitors.awaitMore(60);

                certificate("new", "new.test");
                apply("site", SPEC.formatted("new.test").replace("provided", "new"));
                awaitStatus(visitor, "new.test", "/", 200);
                awaitStatus(visitor, "old.test", "/", 404);
                eventually(() ->
                        assertThat(environment("site").getStatus().hosts()).containsExactly("new.test"));
                visitors.assertServed();
            }
            assertThat(visitor.https("new.test", "/").certificateNames()).containsExactly("new.test");
        }
    }

    private static boolean isUnserved(SiteVisitor visitor, String host) {
        try {
            return flaw(visitor.https(host, "/"), 200, host).isPresent();
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void aRefusedMiddlewareLeavesTheProtectedRouteAsItIs() throws IOException {
        applyProtected("site", "site.test", "one");
        try (var pods = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            var visitor = traefik.visitor();
            awaitStatus(visitor, "site.test", "/", 200);
            awaitStatus(visitor, "site.test", "/access/", 401);
            allowMiddlewares(client().resources(Middleware.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .size());
            try (var open = new Visitors(10, () -> flaw(visitor.https("site.test", "/"), 200, "site.test"));
                    var closed =
                            new Visitors(10, () -> flaw(visitor.https("site.test", "/access/"), 401, "site.test"))) {
                apply("site", SPEC.formatted("site.test") + PROTECTED.formatted("hsts: {maxAge: 1h}, "));
                var refused = awaitCondition("site", "RouteReady", "False", "ApplyFailed");
                assertThat(refused.getMessage()).contains("exceeded quota");
                open.awaitMore(40);
                open.assertServed();
                closed.assertServed();
            }
        }
    }

    @Test
    void usersKeepTheirAccessWhileTheirSecretIsInvalidOrMissing() throws IOException {
        applyProtected("site", "site.test", "one");
        try (var pods = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            var visitor = traefik.visitor();
            awaitStatus(visitor, "site.test", "/access/", 200, login("one"));
            try (var users = new Visitors(
                            10, () -> flaw(visitor.https("site.test", "/access/", login("one")), 200, "site.test"));
                    var others =
                            new Visitors(10, () -> flaw(visitor.https("site.test", "/access/"), 401, "site.test"))) {
                secret("users", Map.of("users", "one:plain"));
                awaitCondition("site", "RouteReady", "False", "SecretInvalid");
                users.awaitMore(20);
                child(Secret.class, "users").delete();
                var missing = awaitCondition("site", "RouteReady", "False", "SecretNotFound");
                assertThat(missing.getMessage()).endsWith("Until then its last valid users have access.");
                users.awaitMore(30);
                users.assertServed();
                others.assertServed();
            }
            users("two");
            awaitStatus(visitor, "site.test", "/access/", 401, login("one"));
            awaitStatus(visitor, "site.test", "/access/", 200, login("two"));
        }
    }

    private void allowMiddlewares(int number) {
        var limit = Map.of("count/middlewares.traefik.io", new Quantity(Integer.toString(number)));
        var quota = client().resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("middlewares")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(limit)
                        .endSpec()
                        .build())
                .create();
        // As the quota controller counts them.
        client().resource(quota.edit()
                        .withNewStatus()
                        .withHard(limit)
                        .withUsed(limit)
                        .endStatus()
                        .build())
                .updateStatus();
        var another = middleware("another");
        eventually(() -> assertThatThrownBy(
                        () -> client().resource(another).dryRun().create())
                .hasMessageContaining("exceeded quota"));
    }

    private Middleware middleware(String name) {
        var middleware = new Middleware();
        middleware.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        middleware.setAdditionalProperty("spec", Map.of("headers", Map.of("stsSeconds", 1)));
        return middleware;
    }

    /** Otherwise a site whose every path is protected would never get its certificate. */
    @Test
    void anAcmeChallengeIsAnsweredBeforeAProtectedPath() throws IOException {
        users("one");
        apply("site", """
            tier: staging
            image: recordsponge/expungeservice:staging
            host: site.test
            ingress: {basicAuth: [{path: /, secretRef: {name: users}}]}
            """);
        try (var pods = pods("site", "hello");
                var solver = StubPods.answering(client(), namespace, "solver", "token");
                var traefik = new TestTraefik(SERVER, namespace)) {
            eventually(() -> assertThat(traefik.visitor().http("site.test", "/").status())
                    .isEqualTo(401));
            SERVER.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: solver, namespace: %1$s}
                spec: {selector: {app: none}, ports: [{name: http, port: 8089}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: solver, namespace: %1$s}
                spec:
                  ingressClassName: traefik
                  rules:
                    - host: site.test
                      http:
                        paths:
                          - path: /.well-known/acme-challenge/x
                            pathType: Exact
                            backend: {service: {name: solver, port: {number: 8089}}}
                """.formatted(namespace));
            eventually(() -> assertThat(traefik.visitor()
                            .http("site.test", "/.well-known/acme-challenge/x")
                            .body())
                    .isEqualTo("token"));
            assertThat(traefik.visitor().http("site.test", "/").status()).isEqualTo(401);
        }
    }

    /** It could let everybody pass. */
    @Test
    void aForeignMiddlewareInPlaceOfAProtectionOpensNoRoute() throws IOException {
        applyProtected("site", "site.test", "one");
        awaitCondition("site", "RouteReady", "False", "AddressPending");
        var protection =
                unique(Middleware.class, "site", "-auth").get().getMetadata().getName();
        try (var _ = new TestControllers(SERVER, "garbage-collector-controller")) {
            child(RecordSpongeEnvironment.class, "site").delete();
            eventually(() -> {
                assertThat(child(Middleware.class, protection).get()).isNull();
                assertThat(child(Deployment.class, "site").get()).isNull();
            });
            client().resource(middleware(protection)).create();
            apply("site", SPEC.formatted("site.test") + PROTECTED.formatted(""));
            assertVisitorsAreKeptOut(protection);
        }
    }

    private void assertVisitorsAreKeptOut(String protection) throws IOException {
        try (var _ = pods("site", "hello");
                var traefik = new TestTraefik(SERVER, namespace)) {
            awaitCondition("site", "RouteReady", "False", "ConflictingObject");
            assertThat(traefik.visitor().https("site.test", "/access/").status())
                    .isEqualTo(404);
            child(Middleware.class, protection).delete();
            awaitStatus(traefik.visitor(), "site.test", "/access/", 401);
        }
    }
}
