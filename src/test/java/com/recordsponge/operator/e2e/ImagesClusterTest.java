package com.recordsponge.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.plan.Rollouts;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deploying by pushing a tag, to the registry that the nodes and the operator use with TLS and a password. */
@TestMethodOrder(OrderAnnotation.class)
class ImagesClusterTest extends ClusterTest {

    private static final int CHANGES = 10;
    private static final int PUSHES = 5;
    private static final Duration SLOWEST_PUSH = Duration.ofSeconds(10);

    /** The operator asks a registry that was away again after 5 minutes at most. */
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(7);

    private final TestEnvironment environment = environment("images");
    private final MovingTag tag = new MovingTag("moved-by-tests");
    private final TrackingSite site = new TrackingSite(environment, tag);

    @BeforeAll
    void deploy() {
        TestVolume.create(cluster, environment.name(), "1Gi");
        site.deploy("sessions: {storage: 64Mi, storageClassName: %s}".formatted(environment.name()));
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

    @Test
    @Order(1)
    void podsArePinnedToTheDigest() {
        var digest = site.pushTheOther();
        site.awaitDeployed(digest);
        eventually(() -> assertThat(
                        environment.resource().get().getStatus().image().platformDigest())
                .isEqualTo(digest));
        assertThat(PrinterColumns.of(environment, "--output", "wide")).containsEntry("DIGEST", digest);
    }

    @Test
    @Order(2)
    void aPushReachesItsPodWithinSeconds() {
        var times =
                Stream.generate(site::timeFromPushToPod).limit(PUSHES).sorted().toList();
        System.out.println("From a push to its pod: " + times);
        assertThat(times.getLast()).isLessThan(SLOWEST_PUSH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Order(3)
    void tenPushesLoseNoRequestAndNoSession(int replicas) {
        environment.patch("{\"replicas\": %d}".formatted(replicas));
        environment.awaitReady();
        var firstVisit = environment.site().get("/api/visits");
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello");
                var inProgress = new AvailabilityProbe(environment.site(), "/api/slow?seconds=2")) {
            for (var change = 1; change <= CHANGES; change++) {
                site.awaitDeployed(site.pushTheOther());
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
            inProgress.assertAlwaysAvailable();
        }
        assertThat(environment.resource().get().getStatus().history()).hasSizeLessThanOrEqualTo(10);
    }

    /** The pause container never listens. */
    @Test
    @Order(4)
    void anImageThatFailsIsReplacedByTheLastGoodOne() {
        environment.patch("{\"progressDeadline\": \"20s\"}");
        environment.awaitReady();
        var good = site.build();
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            var bad = tag.pushAnotherProgram("recordsponge/pause");
            environment.await("Ready", "False", "RolledBack");
            assertThat(environment.resource().get().getStatus().release().bad())
                    .extracting(BadImage::digest)
                    .containsExactly(bad);
            assertThat(site.build()).isEqualTo(good);
            environment.patch("{\"progressDeadline\": null}");

            site.awaitDeployed(site.pushTheOther());
            environment.awaitReady();
            probe.assertAlwaysAvailable();
        }
    }

    /** Pods that run, or are replaced, need no registry. */
    @Test
    @Order(5)
    @ResourceLock(value = NodeRegistry.LOCK, mode = ResourceAccessMode.READ_WRITE)
    void anOutageOfTheRegistryTouchesNoPod() {
        try (var probe = new AvailabilityProbe(environment.site(), "/api/hello")) {
            var before = site.podNames();
            NodeRegistry.stop();
            var digest = site.pushTheOther();
            environment.await("ImageResolved", "False", "RegistryUnreachable");
            environment.awaitReady();
            assertThat(site.podNames()).as("no new pod").isSubsetOf(before);

            var running = TestCluster.podImage(environment.deployment());
            var replaced = environment.pods().stream()
                    .map(Pod::getMetadata)
                    .filter(pod -> pod.getDeletionTimestamp() == null)
                    .findFirst()
                    .orElseThrow()
                    .getName();
            environment.child(Pod.class, replaced).delete();
            eventually(() -> {
                assertThat(site.podNames()).doesNotContain(replaced);
                assertThat(Rollouts.isComplete(environment.deployment())).isTrue();
            });
            assertThat(TestCluster.podImage(environment.deployment())).isEqualTo(running);

            NodeRegistry.start();
            site.awaitDeployed(digest, LONGEST_RETRY);
            probe.assertAlwaysAvailable();
        }
    }
}
