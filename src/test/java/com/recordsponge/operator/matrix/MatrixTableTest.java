package com.recordsponge.operator.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table has a row for every field of the schema, and its sentences are in the documentation. */
class MatrixTableTest {

    private static final MatrixTable TABLE = MatrixTable.unresolved();

    @Test
    void everyFieldOfTheSchemaHasARow() {
        assertThat(fields(false))
                .containsExactlyInAnyOrderElementsOf(
                        TABLE.fields().stream().map(SpecField::path).toList());
    }

    @Test
    void theContentOfEveryNamedObjectHasARow() {
        assertThat(fields(true))
                .containsExactlyInAnyOrderElementsOf(TABLE.fields().stream()
                        .filter(SpecField::namesContent)
                        .map(SpecField::path)
                        .toList());
    }

    private static List<String> fields(boolean content) {
        return TABLE.rows().stream()
                .filter(row -> row.content() == content)
                .map(FieldRow::field)
                .toList();
    }

    @Test
    void aFieldWithoutARowNamesTheTestThatChangesIt() throws IOException {
        assertThat(SpecField.all().stream().map(SpecField::path))
                .containsAll(TABLE.elsewhere().keySet());
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(TABLE.elsewhere().values())
                    .allSatisfy(test -> assertThat(names).contains(test + ".java"));
        }
    }

    @Test
    void everyRowChangesSomething() {
        var fields = SpecField.all().stream().collect(Collectors.toMap(SpecField::path, field -> field));
        assertThat(TABLE.rows()).allSatisfy(row -> assertThat(
                        Scenario.of(TABLE, row, fields.get(row.field())).steps())
                .as(row.toString())
                .isNotEmpty());
    }

    /** Whoever changes such a field has to be able to know. */
    @Test
    void everyInterruptionIsDocumented() {
        assertThat(TABLE.rows())
                .allSatisfy(row -> assertThat(row.asks()).allSatisfy(asked -> assertThat(text(asked.document()))
                        .as("%s of %s", asked.document(), row)
                        .contains(asked.sentence())));
    }

    private static String text(String document) throws IOException {
        return Files.readString(Path.of(document)).replaceAll("\\s+", " ");
    }
}
