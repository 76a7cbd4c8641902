package com.recordsponge.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many copies of a source exist although no rollout completes: a ConfigMap can change every minute. */
class SupersededCopiesTest {

    private static Secret copy(String suffix, String source, int minute) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("site%s-%08x".formatted(suffix, 1000 - minute))
                .withCreationTimestamp("2026-01-01T00:%02d:00Z".formatted(minute))
                .addToAnnotations(PodData.SOURCE, source)
                .endMetadata()
                .build();
    }

    /** What remains if each minute brings another version and the operator deletes what is superseded. */
    private static List<Secret> afterMinutes(int minutes, List<Secret> others) {
        var secrets = new ArrayList<>(others);
        for (var minute = 0; minute < minutes; minute++) {
            secrets.add(copy(PodData.SUFFIX, "ConfigMap/flags", minute));
            var all = List.copyOf(secrets);
            secrets.removeIf(secret -> SupersededCopies.include("site", secret, all.stream()));
        }
        return secrets;
    }

    @Test
    void theNumberOfCopiesIsBounded() {
        assertThat(afterMinutes(60, List.of())).hasSize(6);
    }

    /** Its ReplicaSet serves, and can replace a pod at any time. */
    @Test
    void theOldestCopyRemains() {
        assertThat(afterMinutes(60, List.of()).getFirst().getMetadata().getCreationTimestamp())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void theNewestCopiesRemain() {
        assertThat(afterMinutes(60, List.of()).subList(1, 6))
                .extracting(
                        secret -> secret.getMetadata().getCreationTimestamp().substring(14, 16))
                .containsExactly("55", "56", "57", "58", "59");
    }

    @Test
    void fewCopiesRemain() {
        assertThat(afterMinutes(6, List.of())).hasSize(6);
    }

    @Test
    void copiesOfOtherSourcesAndOfPartsAreCountedByThemselves() {
        var others = List.of(
                copy(PodData.SUFFIX, "Secret/extra", 30),
                copy(PodData.SUFFIX, "Secret/extra", 31),
                copy(PodData.PART_SUFFIX, "ConfigMap/flags", 32),
                copy(PodData.PART_SUFFIX, "ConfigMap/flags", 33));
        assertThat(afterMinutes(60, others)).containsAll(others).hasSize(10);
    }

    @Test
    void aSecretThatIsNoCopyIsNotCounted() {
        var connection = new SecretBuilder()
                .withNewMetadata()
                .withName("site-database-00000000")
                .withCreationTimestamp("2026-01-01T00:30:00Z")
                .endMetadata()
                .build();
        assertThat(afterMinutes(60, List.of(connection))).contains(connection).hasSize(7);
    }
}
