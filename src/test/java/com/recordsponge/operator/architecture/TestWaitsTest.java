package com.recordsponge.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.recordsponge.operator.support.Patience;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Tests wait long enough for a busy machine. */
@AnalyzeClasses(packages = "com.recordsponge.operator", importOptions = ImportOption.OnlyIncludeTests.class)
class TestWaitsTest {

    @ArchTest
    static final ArchRule testsHaveOnePatience = noClasses()
            .that()
            .doNotBelongToAnyOf(Patience.class)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.awaitility.Awaitility");
}
