package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deploying by pushing a tag, to the registry that the nodes and the operator use with TLS and a password. */
@TestMethodOrder(OrderAnnotation.class)
class ImagesClusterTest extends ClusterTest {

    /** The operator asks by itself only once in this time. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final int CHANGES = 10;

    /** {@code -Dimages.pushes=20} measures more. */
    private static final int PUSHES = Integer.getInteger("images.pushes", 5);

    private final TestEnvironment environment = environment("images");
    private final MovingTag tag = new MovingTag("moved-by-tests");

    /** The image behind the tag: two of them, in turn. */
    private String image = "staging";

    @BeforeAll
    void deploy() {
        tag.push(image);
        TestVolume.create(cluster, environment.name(), "1Gi");
        environment.apply("""
                tier: staging
                image: %s
                host: %s
                tls: {issuerRef: {name: recordsponge-ca}}
                release: {policy: Track, interval: %dm}
                sessions: {storage: 64Mi, storageClassName: %s}
                """.formatted(tag.image(), environment.host(), INTERVAL.toMinutes(), environment.name()));
        environment.awaitServed();
    }

    @AfterAll
    void removeTheVolume() {
        NodeRegistry.start();
        environment.resource().delete();
        environment
                .child(PersistentVolumeClaim.class, environment.name() + "-sessions")
                .delete();
        TestVolume.remove(cluster, environment.name());
    }

    private String build() {
        return environment.site().get("/api/whoami").json().path("build").asText();
    }

    /** Returns the digest. */
    private String pushTheOther() {
        image = image.equals("staging") ? "prod" : "staging";
        return tag.push(image);
    }

    /** Waits until the site is of an image, and no other pod is left that could answer. */
    private void awaitDeployed(String digest) {
        eventually(() -> {
            var deployment = environment.deployment();
            assertThat(TestCluster.podImage(deployment)).isEqualTo("recordsponge/expungeservice@" + digest);
            assertThat(Rollouts.isComplete(deployment)).isTrue();
        });
        eventually(() -> assertThat(build()).startsWith(image));
    }

    private Set<String> podNames() {
        return environment.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    @Test
    @Order(1)
    void podsArePinnedToTheDigest() {
        var digest = pushTheOther();
        awaitDeployed(digest);
        eventually(() -> assertThat(
                        environment.resource().get().getStatus().image().platformDigest())
                .isEqualTo(digest));
    }

    @Test
    @Order(2)
    void aPushReachesItsPodWithinSeconds() {
        var times = new ArrayList<Long>();
        for (var push = 0; push < PUSHES; push++) {
            var before = podNames();
            var digest = pushTheOther();
            var pushed = System.nanoTime();
            await().atMost(INTERVAL.dividedBy(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !before.containsAll(podNames()));
            times.add((System.nanoTime() - pushed) / 1_000_000);
            awaitDeployed(digest);
        }
        Collections.sort(times);
        System.out.println("Milliseconds from a push to its pod: " + times);
        assertThat(times).allMatch(time -> time < 10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Order(3)
    void tenPushesLoseNoRequestAndNoSession(int replicas) {
        environment.patch("{\"replicas\": %d}".formatted(replicas));
        environment.awaitReady();
        var firstVisit = environment.site().get("/api/visits");
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            for (var change = 1; change <= CHANGES; change++) {
                awaitDeployed(pushTheOther());
                assertThat(environment
                                .site()
                                .get("/api/visits", firstVisit.withCookies())
                                .json()
                                .path("visits")
                                .asInt())
                        .isEqualTo(1 + change);
            }
            environment.awaitReady();
            probe.assertAlwaysAvailable();
        }
        assertThat(environment.resource().get().getStatus().history()).hasSizeLessThanOrEqualTo(10);
    }

    /** The pause container never listens. */
    @Test
    @Order(4)
    void anImageThatFailsIsReplacedByTheLastGoodOne() {
        environment.patch("{\"progressDeadline\": \"20s\"}");
        environment.awaitReady();
        var good = build();
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            var bad = tag.pushAnotherProgram("recordsponge/pause");
            environment.await("Ready", "False", "RolledBack");
            assertThat(environment.resource().get().getStatus().release().bad())
                    .extracting(BadImage::digest)
                    .containsExactly(bad);
            assertThat(build()).isEqualTo(good);

            awaitDeployed(pushTheOther());
            environment.awaitReady();
            probe.assertAlwaysAvailable();
        }
    }

    /** Pods that run, or are replaced, need no registry. */
    @Test
    @Order(5)
    void anOutageOfTheRegistryTouchesNoPod() {
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            var before = podNames();
            NodeRegistry.stop();
            var digest = pushTheOther();
            environment.await("ImageResolved", "False", "RegistryUnreachable");
            environment.awaitReady();
            assertThat(podNames()).as("no new pod").isSubsetOf(before);

            NodeRegistry.start();
            awaitDeployed(digest);
            probe.assertAlwaysAvailable();
        }
    }
}
