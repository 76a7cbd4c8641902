package com.recordsponge.operator.dependent;

import static com.recordsponge.operator.support.EnvironmentFixture.environment;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.RecordSpongeEnvironment;
import com.recordsponge.operator.support.EnvironmentFixture;
import com.recordsponge.operator.support.MutableClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A field that was put back three times in ten minutes is left for an hour. */
class PutBacksTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<String> FIELD = List.of("spec.replicas");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final PutBacks putBacks = new PutBacks(clock);
    private final EnvironmentFixture fixture = environment();
    private RecordSpongeEnvironment site = fixture.build();

    private static ConfigMap object(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("site")
                .endMetadata()
                .withData(Map.of("key", value))
                .build();
    }

    private boolean leaves(List<String> fields) {
        return putBacks.leaves(site, object("a"), fields);
    }

    private void putBack(int times) {
        for (var each = 0; each < times; each++) {
            assertThat(leaves(FIELD)).isFalse();
            putBacks.putBack(site, object("a"), FIELD);
            clock.pass(MINUTE);
        }
    }

    @Test
    void anObjectThatNobodyAppliedIsNotEdited() {
        assertThat(putBacks.isEdited(site, object("a"))).isFalse();
    }

    @Test
    void anObjectThatDiffersFromWhatWasAppliedIsEdited() {
        putBacks.matches(site, object("a"));
        assertThat(putBacks.isEdited(site, object("a"))).isTrue();
        assertThat(putBacks.isEdited(site, object("changed by the operator"))).isFalse();
    }

    @Test
    void theFourthTimeIsLeft() {
        putBack(3);
        assertThat(leaves(FIELD)).isTrue();
    }

    @Test
    void otherFieldsCountForThemselves() {
        putBack(3);
        assertThat(new PutBacks(clock).leaves(site, object("a"), FIELD)).isFalse();
        assertThat(leaves(List.of("spec.paused"))).isFalse();
    }

    @Test
    void rareEditsAreAlwaysPutBack() {
        for (var each = 0; each < 20; each++) {
            putBack(1);
            clock.pass(Duration.ofMinutes(4));
        }
        assertThat(leaves(FIELD)).isFalse();
    }

    @Test
    void afterThePauseOneTryIsEnough() {
        putBack(3);
        assertThat(leaves(FIELD)).isTrue();
        clock.pass(PutBacks.PAUSE.minus(MINUTE));
        assertThat(leaves(FIELD)).isTrue();
        clock.pass(MINUTE);
        putBack(1);
        assertThat(leaves(FIELD)).isTrue();
    }

    @Test
    void anEditOfTheEnvironmentStartsAnew() {
        putBack(3);
        assertThat(leaves(FIELD)).isTrue();
        site = fixture.written(clock.instant()).build();
        putBack(3);
    }

    @Test
    void aDeletedEnvironmentIsForgotten() {
        putBack(3);
        putBacks.onResourceDeleted(site);
        putBack(3);
    }
}
