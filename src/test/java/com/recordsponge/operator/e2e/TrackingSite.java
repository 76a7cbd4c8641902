package com.recordsponge.operator.e2e;

import static com.recordsponge.operator.e2e.ClusterTest.eventually;
import static com.recordsponge.operator.e2e.ClusterTest.within;
import static com.recordsponge.operator.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Rollouts;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** A site that follows a tag, behind which two images of the application take turns. */
final class TrackingSite {

    /** Unless it is notified, the operator asks only once in this time. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final TestEnvironment environment;
    private final MovingTag tag;

    /** The tag of the image behind the moving tag. */
    private String image = "staging";

    TrackingSite(TestEnvironment environment, MovingTag tag) {
        this.environment = environment;
        this.tag = tag;
    }

    /** Applies the site with additional YAML of the spec, and waits until it is served. */
    void deploy(String further) {
        tag.push(image);
        environment.apply("""
            tier: staging
            image: %s
            host: %s
            tls: {issuerRef: {name: recordsponge-ca}}
            release: {policy: Track, interval: %dm}
            """.formatted(tag.image(), environment.host(), INTERVAL.toMinutes()) + further);
        environment.awaitServed();
    }

    /** Returns the digest. */
    String pushTheOther() {
        image = image.equals("staging") ? "prod" : "staging";
        return tag.push(image);
    }

    /** Pushes the other image, waits until it is deployed, and returns how long its first pod took to be created. */
    Duration timeFromPushToPod() {
        var before = podNames();
        var digest = pushTheOther();
        var pushed = System.nanoTime();
        await().atMost(LONGEST_WAIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !before.containsAll(podNames()));
        var time = Duration.ofNanos(System.nanoTime() - pushed);
        awaitDeployed(digest);
        return time;
    }

    /** Waits until the site is of an image, and no other pod is left that could answer. */
    void awaitDeployed(String digest) {
        awaitDeployed(digest, Duration.ofMinutes(2));
    }

    void awaitDeployed(String digest, Duration limit) {
        within(limit, Duration.ofMillis(200), () -> {
            var deployment = environment.deployment();
            assertThat(TestCluster.podImage(deployment)).isEqualTo("recordsponge/expungeservice@" + digest);
            assertThat(Rollouts.isComplete(deployment)).isTrue();
        });
        eventually(() -> assertThat(build()).startsWith(image));
    }

    /** The build of the application that answers. */
    String build() {
        return environment.site().get("/api/whoami").json().path("build").asText();
    }

    Set<String> podNames() {
        return environment.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
