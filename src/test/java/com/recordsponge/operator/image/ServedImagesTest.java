package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the status remembers of the images that served. */
class ServedImagesTest {

    private static final String OLD = "sha256:" + "a".repeat(64);
    private static final String NEW = "sha256:" + "b".repeat(64);
    private static final String BEFORE = "2026-01-01T00:00:00Z";
    private static final String THEN = "2026-01-02T00:00:00Z";
    private static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");
    private static final Deployed FIRST = new Deployed(OLD, "recordsponge/app:prod", BEFORE, THEN, null);

    private static EnvironmentFixture site(List<Deployed> history, BadImage... bad) {
        return environment()
                .with("image", "ghcr.io/recordsponge/app:prod")
                .status(new EnvironmentStatus.Builder()
                        .history(history)
                        .release(new Release(null, null, List.of(bad), null))
                        .build(1, List.of()));
    }

    private static List<Deployed> served(EnvironmentFixture site) {
        var plan = site.plan();
        return ServedImages.of(plan.get(ImagePlan.class), site.state(plan, NOW));
    }

    /** The other repository need not have it. */
    @Test
    void anImageThatRunsAgainKeepsItsRepository() {
        var order = "{rollbackTo: '%s'}".formatted(OLD);
        var moved = List.of(new Deployed(NEW, "ghcr.io/recordsponge/app:prod", THEN, null, null), FIRST);
        var history = served(site(moved).with("release", order));
        assertThat(history).extracting(Deployed::digest).containsExactly(OLD, NEW, OLD);
        assertThat(site(history)
                        .with("release", order)
                        .plan()
                        .get(ImagePlan.class)
                        .podImage())
                .isEqualTo("recordsponge/app@" + OLD);
    }

    @Test
    void anotherSpellingOfTheRepositoryKeepsTheTag() {
        var site = site(List.of()).with("image", "docker.io/recordsponge/app:prod");
        var running = WorkloadObjects.deployment(
                site(List.of()).with("image", "recordsponge/app:prod").plan());
        assertThat(served(site.owns(List.of(running))))
                .extracting(Deployed::tag)
                .containsExactly("docker.io/recordsponge/app:prod");
    }

    static Stream<Deployed> halfEntries() {
        return Stream.of(
                new Deployed(null, FIRST.tag(), BEFORE, THEN, null),
                new Deployed(OLD, null, BEFORE, THEN, null),
                new Deployed(OLD, FIRST.tag(), null, THEN, null),
                new Deployed(OLD, FIRST.tag(), "yesterday", THEN, null),
                new Deployed(OLD, FIRST.tag(), BEFORE, "today", null),
                new Deployed(OLD, FIRST.tag(), BEFORE, THEN, "soon"));
    }

    @ParameterizedTest
    @MethodSource("halfEntries")
    void anEntryThatSomebodySpoiltIsForgotten(Deployed half) {
        var spoilt = site(Arrays.asList(half, FIRST), new BadImage(null, "edited"));
        assertThat(served(spoilt)).extracting(Deployed::digest).containsExactly(DIGEST, OLD);
    }
}
