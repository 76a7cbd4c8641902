package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.support.MarkdownPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever asks why an environment is not ready finds the answer on one page. */
class ConditionsPageTest {

    private static final MarkdownPage PAGE = MarkdownPage.read(Path.of("docs/conditions.md"));

    /** What the classes that give reasons also speak of: words of Kubernetes and of PostgreSQL's driver. */
    private static final Set<String> NO_REASONS = Set.of(
            "True",
            "False",
            "Unknown",
            "ApplicationName",
            "PodScheduled",
            "Progressing",
            "NewReplicaSetAvailable",
            "ReplicaFailure",
            "ReadWriteOnce",
            "Lost",
            // The kubelet's; people read ImagePullBackOff for all of them.
            "ErrImagePull",
            "ErrImageNeverPull",
            "InvalidImageName",
            "RegistryUnavailable");

    @Test
    void everyReasonThatTheCodeGivesIsExplained() throws IOException {
        var given = candidates();
        given.removeAll(NO_REASONS);
        given.removeAll(conditionTypes());
        assertThat(explained())
                .as("explain a new reason in %s; a word that is none belongs to NO_REASONS of this test", PAGE.file())
                .containsAll(given);
    }

    @Test
    void everyReasonThatIsExplainedIsGiven() throws IOException {
        assertThat(candidates()).containsAll(explained()).containsAll(NO_REASONS);
    }

    @Test
    void everyReasonHasItsCauseAndItsRemedy() {
        assertThat(rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("cause")).isNotBlank();
            assertThat(row.get("remedy")).as("remedy of %s", row.get("reason")).isNotBlank();
        });
    }

    @Test
    void everyConditionHasASectionOfItsReasons() {
        var steps = Arrays.stream(Component.values()).map(Component::condition).toList();
        assertThat(conditionTypes()).containsAll(steps);
        assertThat(PAGE.headings()).containsAll(steps);
    }

    private static Set<String> candidates() throws IOException {
        return ProducedReasons.candidates(Path.of("target/classes/com/recordsponge/operator"));
    }

    private static List<Map<String, String>> rows() {
        return PAGE.rowsOfTablesWith("reason");
    }

    private static Set<String> explained() {
        return rows().stream()
                .flatMap(row -> Stream.of(row.get("reason").split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> conditionTypes() {
        return PAGE.rowsOfTablesWith("condition").stream()
                .map(row -> row.get("condition"))
                .collect(Collectors.toSet());
    }
}
