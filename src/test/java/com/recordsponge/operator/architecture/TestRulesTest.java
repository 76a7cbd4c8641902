package com.recordsponge.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.recordsponge.operator.support.Patience;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.dsl.Resource;

/** What the tests themselves must not do. */
@AnalyzeClasses(packages = "com.recordsponge.operator", importOptions = ImportOption.OnlyIncludeTests.class)
class TestRulesTest {

    /** The stubs of controllers get an event with what was written in between, and act again. */
    @ArchTest
    static final ArchRule editsAreRepeatedAfterAConflict = noClasses()
            .that()
            .haveNameNotMatching(".*[.](Edits|Test(Kubelet|DeploymentController)|ControllerStubs|Stub\\w+)")
            .should()
            .callMethodWhere(describe(
                    "the client edits once",
                    call -> call.getTargetOwner().isAssignableTo(Resource.class)
                            && call.getName().matches("edit(Status)?")))
            .because("the operator may write the object between the client's read and its write; use support.Edits");

    /** Awaitility's own patience is shorter than a busy machine. */
    @ArchTest
    static final ArchRule testsHaveOnePatience = noClasses()
            .that()
            .doNotBelongToAnyOf(Patience.class)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.awaitility.Awaitility");
}
