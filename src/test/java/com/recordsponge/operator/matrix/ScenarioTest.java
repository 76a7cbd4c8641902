package com.recordsponge.operator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.matrix.Step.Content;
import com.recordsponge.operator.matrix.Step.Kind;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which changes a row makes. */
class ScenarioTest {

    private static final FieldRow IMAGE = row("image", false, "{values: [good], bad: [missing]}");

    @Test
    void aFieldTakesEachValueAndComesBack() {
        assertThat(changes(row("host", false, "{values: [a, b], bad: [c], refused: [d]}"), false))
                .containsExactly("WORKS b", "WORKS a", "CANNOT_WORK c", "BESIDES c", "WORKS a", "REFUSED d");
    }

    @Test
    void otherFieldsAreEditedBesideWhatCannotWork() {
        assertThat(scenario(row("host", false, "{values: [a], bad: [c]}"), false)
                        .steps())
                .filteredOn(step -> step.kind() == Kind.BESIDES)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.spec().values()).containsAllEntriesOf(Map.of("host", "c", "replicas", 3));
                    assertThat(step.serves().orElseThrow().values())
                            .containsAllEntriesOf(Map.of("host", "a", "replicas", 3));
                });
    }

    @Test
    void theTableSaysWhatABadValueHoldsBack() {
        assertThat(scenario(row("host", false, "{values: [a], bad: [c], holds: [replicas]}"), false)
                        .steps())
                .filteredOn(step -> step.kind() == Kind.BESIDES)
                .singleElement()
                .satisfies(step -> assertThat(step.spec().get("replicas")).isEmpty());
    }

    @Test
    void anOptionalFieldIsAbsentOnce() {
        assertThat(changes(row("host", false, "{values: [a]}"), true)).containsExactly("WORKS null", "WORKS a");
    }

    @Test
    void whatThePodsReadChangesAlsoWhileTheyCannotFollow() {
        var steps = scenario(row("host", false, "{values: [a, b], blocked: true}"), false)
                .steps();
        assertThat(steps)
                .filteredOn(step -> step.kind() == Kind.BLOCKED)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.spec().get("host")).contains("b");
                    assertThat(step.spec().get("image")).contains("missing");
                });
        assertThat(steps.getLast().spec().get("image")).contains("good");
    }

    @Test
    void theContentOfANamedObjectChangesAndIsRestored() {
        var contents = scenario(row("host", true, "{values: [a, b], bad: [deleted]}"), false).steps().stream()
                .map(Step::content)
                .flatMap(Optional::stream);
        assertThat(contents)
                .allMatch(content -> content.name().equals("a"))
                .extracting(Content::source)
                .containsExactly("b", "a", Content.DELETED, "a");
    }

    private static List<String> changes(FieldRow row, boolean optional) {
        return scenario(row, optional).steps().stream()
                .map(step -> step.kind() + " " + step.spec().get("host").orElse(null))
                .toList();
    }

    private static Scenario scenario(FieldRow row, boolean optional) {
        var table = new MatrixTable(
                new Spec(Map.of("host", "a", "image", "good")), Map.of("replicas", 3), List.of(IMAGE, row), Map.of());
        return Scenario.of(table, row, new SpecField("host", optional));
    }

    @SuppressWarnings("unchecked")
    private static FieldRow row(String field, boolean content, String columns) {
        return new FieldRow(field, content, Serialization.unmarshal("---\n" + columns, Map.class));
    }
}
