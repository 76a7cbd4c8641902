package com.recordsponge.operator.architecture;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.recordsponge.operator.api.v1.Component;
import com.recordsponge.operator.dependent.PlannedDependentResource;
import com.recordsponge.operator.environment.EnvironmentReconciler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The {@code dependsOn} of the reconciler's annotation matches the prerequisites of the components. */
class WorkflowTest {

    private static final Map<String, Dependent> DEPENDENTS = Arrays.stream(
                    EnvironmentReconciler.class.getAnnotation(Workflow.class).dependents())
            .collect(toMap(Dependent::name, Function.identity()));

    private static Component component(Dependent dependent) {
        try {
            return ((PlannedDependentResource<?>)
                            dependent.type().getDeclaredConstructor().newInstance())
                    .component();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(dependent.name() + " cannot be created", e);
        }
    }

    private static Stream<Dependent> of(Component component) {
        return DEPENDENTS.values().stream().filter(dependent -> component(dependent) == component);
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void dependentsWaitOnlyForTheirPrerequisites(Component component) {
        var allowed = Stream.concat(Stream.of(component), component.prerequisites().stream())
                .toList();
        assertThat(of(component)).allSatisfy(dependent -> assertThat(dependent.dependsOn())
                .extracting(name -> component(DEPENDENTS.get(name)))
                .isSubsetOf(allowed));
    }

    @ParameterizedTest
    @EnumSource(Component.class)
    void aComponentWaitsForAllItsPrerequisites(Component component) {
        var waitedFor = of(component)
                .flatMap(dependent -> Arrays.stream(dependent.dependsOn()))
                .collect(Collectors.toSet());
        assertThat(waitedFor)
                .containsAll(component.prerequisites().stream()
                        .flatMap(WorkflowTest::of)
                        .map(Dependent::name)
                        .toList());
    }

    @Test
    void theAnnotationListsEveryDependent() {
        var classes = new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests()))
                .importPackages("com.recordsponge.operator").stream()
                        .filter(type -> type.isAssignableTo(PlannedDependentResource.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(DEPENDENTS.values().stream()
                        .map(Dependent::type)
                        .map(Class::getName)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void prerequisitesPrecedeTheirComponents() {
        for (var component : Component.values()) {
            assertThat(component.prerequisites()).allMatch(earlier -> earlier.compareTo(component) < 0);
        }
    }
}
