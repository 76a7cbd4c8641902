package com.recordsponge.operator.image;

import static com.recordsponge.operator.support.EnvironmentFixture.DIGEST;
import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.EnvironmentStatus;
import com.recordsponge.operator.api.v1.EnvironmentStatus.BadImage;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Deployed;
import com.recordsponge.operator.api.v1.EnvironmentStatus.Release;
import com.recordsponge.operator.registry.DigestAnswer;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.workload.WorkloadObjects;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** An image that serves while the newest one is held back. */
    private static EnvironmentFixture rolledBack(BadImage... bad) {
        var ready = new ConditionBuilder()
                .withType("Ready")
                .withStatus("False")
                .withReason("RolledBack")
                .withLastTransitionTime(THEN)
                .build();
        return environment()
                .status(new EnvironmentStatus.Builder()
                        .history(List.of(new Deployed(OLD, "recordsponge/app:prod", BEFORE, null, null)))
                        .release(new Release(null, null, List.of(bad), null))
                        .build(1, List.of(ready)))
                .at(NOW);
    }

    /** What the status has after a reconciliation in which the site does not serve the wanted image yet. */
    private static List<Deployed> kept(EnvironmentFixture site) {
        var plan = site.plan();
        return ServedImages.kept(plan.get(ImagePlan.class), site.state(plan, NOW));
    }

    @Test
    void anImageIsReadyUntilTheNextOneIsTriedAfterARollback() {
        var held = rolledBack(new BadImage(DIGEST, "crashed"));
        assertThat(kept(held)).extracting(Deployed::readyUntil).containsOnlyNulls();
        var tried = kept(rolledBack());
        assertThat(tried).extracting(Deployed::readyUntil).containsExactly(NOW.toString());
        assertThat(served(site(tried)))
                .as("the next one serves")
                .extracting(Deployed::readyUntil)
                .containsExactly(null, NOW.toString());
    }

    /** The tag names the image again that served all the time. */
    @Test
    void theTimeAfterARollbackIsNoInterruption() {
        var again = rolledBack().registry(Optional.of(DigestAnswer.found(OLD)));
        assertThat(served(again)).containsExactly(new Deployed(OLD, "recordsponge/app:prod", BEFORE, null, null));
    }

    @Test
    void anImageThatServesAgainHasNoEnd() {
        var tried = List.of(new Deployed(OLD, "recordsponge/app:prod", BEFORE, THEN, null));
        assertThat(served(site(tried).registry(Optional.of(DigestAnswer.found(OLD)))))
                .extracting(Deployed::readyUntil)
                .containsOnlyNulls();
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
