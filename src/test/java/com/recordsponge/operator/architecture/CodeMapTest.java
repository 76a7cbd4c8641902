package com.recordsponge.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.plan.Feature;
import com.recordsponge.operator.support.MarkdownPage;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of the code in CONTRIBUTING.md is the only list of allowed dependencies between packages. */
class CodeMapTest {

    private static final String ROOT = "com.recordsponge.operator.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages(ROOT);

    /** For each package, the packages that it may depend on. */
    private static final Map<String, Set<String>> MAY_KNOW =
            MarkdownPage.read(Path.of("CONTRIBUTING.md")).rowsOfTablesWith("may know").stream()
                    .collect(toMap(row -> row.get("package"), row -> names(row.get("may know"))));

    @Test
    void theMapListsExactlyTheExistingPackages() {
        var packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toSet());
        assertThat(MAY_KNOW.keySet()).isEqualTo(packages);
        assertThat(MAY_KNOW.values()).allSatisfy(known -> assertThat(packages).containsAll(known));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageHasADescription(String name) throws IOException {
        var info = Path.of("src/main/java/com/recordsponge/operator", name.replace('.', '/'), "package-info.java");
        assertThat(info).exists();
        if (isFeature(name)) {
            assertThat(Files.readString(info))
                    .as("a feature describes its procedure as numbered steps")
                    .contains("* Feature: ", "<ol>");
        }
    }

    private static boolean isFeature(String name) {
        return CLASSES.stream()
                .anyMatch(type -> type.getPackageName().equals(ROOT + name)
                        && type.isAssignableTo(Feature.class)
                        && !type.isInterface());
    }

    static Set<String> packages() {
        return MAY_KNOW.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packagesDependOnlyOnWhatTheMapAllows(String name) {
        var forbidden = packages().stream()
                .filter(not(name::equals))
                .filter(not(MAY_KNOW.get(name)::contains))
                .map(other -> ROOT + other)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
    }

    private static Set<String> names(String cell) {
        return cell.equals("nobody") ? Set.of() : Stream.of(cell.split(", ")).collect(Collectors.toSet());
    }
}
