package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Traefik joins namespace and name with a hyphen: environment {@code a-site} of namespace {@code x} and environment {@code site}
 * of namespace {@code x-a} must not be one to it.
 */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
@Isolated("it restarts the ingress controller that the other tests use")
class JoinedNamesClusterTest {

    private static final int REQUESTS = 20;

    private final TestCluster cluster = TestCluster.get().withNamespaces("joined");
    private final TestEnvironment longName = new TestEnvironment(cluster.inNamespace(name("pair")), "a-site");
    private final TestEnvironment shortName = new TestEnvironment(cluster.inNamespace(name("pair") + "-a"), "site");
    private final List<TestEnvironment> pair = List.of(longName, shortName);
    private OperatorRelease operator;

    private static String name(String text) {
        return text + "-" + TestCluster.RUN;
    }

    @BeforeAll
    void applyThePair() throws Exception {
        operator = OperatorRelease.install(
                cluster, pair.stream().map(site -> site.cluster().namespace()).toList(), Map.of());
        for (var site : pair) {
            createUsers(site);
            site.applyStaging("ingress: {basicAuth: [{path: /access/, secretRef: {name: users}}]}");
        }
        pair.forEach(TestEnvironment::awaitServed);
    }

    private static void createUsers(TestEnvironment site) throws GeneralSecurityException {
        var hash = MessageDigest.getInstance("SHA-1").digest(site.name().getBytes(UTF_8));
        site.cluster()
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(site.cluster().namespace())
                        .withName("users")
                        .endMetadata()
                        .withStringData(Map.of(
                                "users",
                                site.name() + ":{SHA}" + Base64.getEncoder().encodeToString(hash)))
                        .build())
                .create();
    }

    @Test
    void eachSiteOfAPairServesItsOwnVisitorsAlsoAfterARestartOfTraefik() {
        assertThat(pair).allSatisfy(JoinedNamesClusterTest::servesOnlyItsOwn);
        restartTraefik();
        pair.forEach(site ->
                eventually(() -> assertThat(statusWithUser(site, site.name())).isEqualTo(200)));
        pair.forEach(site -> eventually(
                () -> assertThat(site.site().get("/api/hello").status()).isEqualTo(200)));
        assertThat(pair).allSatisfy(JoinedNamesClusterTest::servesOnlyItsOwn);
    }

    /** The client verifies the certificate. */
    private static void servesOnlyItsOwn(TestEnvironment site) {
        assertThat(IntStream.range(0, REQUESTS)
                        .mapToObj(_ -> site.site()
                                .get("/api/whoami")
                                .json()
                                .path("hostname")
                                .asText())
                        .toList())
                .allMatch(pod -> pod.startsWith(site.name() + "-"));
        var other = site.name().equals("site") ? "a-site" : "site";
        assertThat(statusWithUser(site, site.name())).isEqualTo(200);
        assertThat(statusWithUser(site, other)).isEqualTo(401);
    }

    /** The password of each user is its name. */
    private static int statusWithUser(TestEnvironment site, String user) {
        return site.site().get("/access/", "--user", user + ":" + user).status();
    }

    private void restartTraefik() {
        var pods = cluster.client().pods().inNamespace("kube-system").withLabel("app.kubernetes.io/name", "traefik");
        var before = pods.list().getItems().getFirst().getMetadata().getUid();
        pods.delete();
        eventually(() -> assertThat(pods.list().getItems())
                .singleElement()
                .satisfies(pod -> assertThat(pod.getMetadata().getUid()).isNotEqualTo(before)));
    }

    @AfterAll
    void cleanUp() {
        operator.remove();
        pair.forEach(site -> cluster.client()
                .namespaces()
                .withName(site.cluster().namespace())
                .delete());
        cluster.removeNamespaces();
    }
}
