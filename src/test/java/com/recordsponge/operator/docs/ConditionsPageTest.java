package com.recordsponge.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.api.v1.Reason;
import com.recordsponge.operator.support.Golden;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/conditions.md explains every condition and reason that the operator reports. */
class ConditionsPageTest {

    private static final Path PAGE = Path.of("docs/conditions.md");

    @Test
    void thePageMatchesTheReasonsOfTheApi() throws IOException {
        Golden.assertMatches(PAGE, ConditionsPage.of(Files.readString(PAGE)));
    }

    @Test
    void thePageHasEveryTable() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(ConditionsPage.tables().keySet().stream()
                        .map("<!-- generated: %s -->\n"::formatted)
                        .toList());
    }

    @Test
    void everyComponentHasATableOfReasons() {
        assertThat(ConditionsPage.tables().keySet())
                .containsAll(Stream.of(Component.values())
                        .map(component -> component.condition().toString())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aReasonHasACauseAndARemedy(Reason reason) {
        assertThat(reason.explanations()).isNotEmpty().allSatisfy(explanation -> {
            assertThat(explanation.cause()).isNotBlank();
            assertThat(explanation.remedy()).isNotBlank();
        });
        assertThat(Reason.of(reason.toString())).contains(reason);
    }

    @Test
    void theOperatorUsesEveryReason() {
        var used = new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("com.recordsponge.operator").stream()
                        .filter(type -> !type.isEquivalentTo(Reason.class))
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .filter(access -> access.getTargetOwner().isEquivalentTo(Reason.class))
                        .map(access -> access.getTarget().getName())
                        .distinct();
        assertThat(used).containsExactlyInAnyOrder(names());
    }

    private static String[] names() {
        return Stream.of(Reason.values()).map(Enum::name).toArray(String[]::new);
    }
}
